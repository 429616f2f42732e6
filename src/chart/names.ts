// Display names for the keys and ids in a record: where an item refers to another item, a chart shows
// "left multifidus" instead of the key "s2".
import type { Group, ObjectValues } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { eachObject, type Path } from '../ims/schema/walk.ts';
import { memoizeLast } from '../memoize.ts';
import { isSite, renderSiteName } from './body-site.ts';
import { renderFirstLine } from './first-line.ts';
import { lowerFirst } from './values.ts';

/** Display names: of items by their key, of practitioners by their id. */
export interface Names {
  readonly items: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

/** No names: keys and ids themselves are shown. */
export const NO_NAMES: Names = { items: new Map(), people: new Map() };

/** The display names in a record; memoized for the latest record. */
export const namesOf = memoizeLast(
  (record: ImsRecord): Names => ({ items: itemNames(record), people: peopleNames(record) }),
);

/** The name of an item for the middle of a sentence; its key where it has no name. */
export function itemName(key: string, { items }: Names): string {
  return lowerFirst(items.get(key) ?? key);
}

/** The name of a practitioner; the id where it has no name. */
export function personName(id: string, { people }: Names): string {
  return people.get(id) ?? id;
}

function itemNames(record: ImsRecord): Map<string, string> {
  const items = new Map<string, string>();
  // The walk visits an object before the objects inside it.
  let lastSite: { name: string; path: Path } | undefined;
  eachObject({ ...record }, (object, group, path) => {
    if (isSite(group.members)) lastSite = { name: renderSiteName(object), path: [...path] };
    const { key } = object;
    if (typeof key !== 'string' || group.members.key?.kind !== 'key') return;
    const isAtSite = lastSite !== undefined && isInside(path, lastSite.path);
    items.set(key, describeItem(object, group, isAtSite ? lastSite?.name : undefined));
  });
  setComplaintNames(record, items);
  return items;
}

/** A single complaint has no name: every item is about it, so charts would only repeat it. */
function setComplaintNames({ episode }: ImsRecord, items: Map<string, string>): void {
  const { complaints = [] } = episode ?? {};
  for (const { key, text, asWritten } of complaints) {
    if (complaints.length === 1) items.delete(key);
    else items.set(key, text ?? asWritten?.text ?? key);
  }
}

function describeItem(object: ObjectValues, group: Group, siteName: string | undefined): string {
  if (isSite(group.members)) return renderSiteName(object);
  const { line } = renderFirstLine(object, group);
  if (siteName === undefined) return line;
  // The name of a sign has only its grade and site: "Taut band severe (left multifidus)".
  const [signAndGrade] = line.replace(': ', ' ').split(', as written');
  return `${signAndGrade} (${lowerFirst(siteName)})`;
}

function isInside(path: Path, outer: Path): boolean {
  return outer.every((step, index) => path[index] === step);
}

function peopleNames({ practitioners = [] }: ImsRecord): Map<string, string> {
  return new Map(
    practitioners.map(({ id, name }) => {
      const parts = [name?.given, name?.family].filter((part) => part !== undefined);
      return [id, name?.text ?? (parts.length === 0 ? id : parts.join(' '))];
    }),
  );
}
