// Display names for the keys and ids in a record, so that a reader sees "left multifidus" instead of
// "s2" where one item refers to another.
import type { Group, ObjectValues } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { eachObject, type Path } from '../ims/schema/walk.ts';
import { memoizeLast } from '../memoize.ts';
import { isSite, renderSiteName } from './body-site.ts';
import { renderFirstLine } from './first-line.ts';
import { lowerFirst } from './values.ts';

/** Names of items by key, and of practitioners by id. */
export interface Names {
  readonly items: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

/** Without names, keys and ids are shown as they are. */
export const NO_NAMES: Names = { items: new Map(), people: new Map() };

/** The names of one record. */
export const namesOf = memoizeLast(
  (record: ImsRecord): Names => ({ items: itemNames(record), people: peopleNames(record) }),
);

function itemNames(record: ImsRecord): Map<string, string> {
  const items = new Map<string, string>();
  let lastSite: { name: string; path: Path } | undefined;
  eachObject({ ...record }, (object, group, path) => {
    if (isSite(group.members)) lastSite = { name: renderSiteName(object), path: [...path] };
    const { key } = object;
    if (typeof key !== 'string' || group.members.key?.kind !== 'key') return;
    const isAtSite = lastSite !== undefined && isInside(path, lastSite.path);
    items.set(key, itemName(object, group, isAtSite ? lastSite?.name : undefined));
  });
  nameComplaints(record, items);
  return items;
}

/** With a single complaint every item is about it, so naming it each time adds nothing. */
function nameComplaints({ episode }: ImsRecord, items: Map<string, string>): void {
  const { complaints = [] } = episode ?? {};
  for (const { key, text, asWritten } of complaints) {
    if (complaints.length === 1) items.delete(key);
    else items.set(key, text ?? asWritten?.text ?? key);
  }
}

function itemName(object: ObjectValues, group: Group, siteName: string | undefined): string {
  if (isSite(group.members)) return renderSiteName(object);
  const { line } = renderFirstLine(object, group);
  if (siteName === undefined) return line;
  // A reference to a sign needs only its grade and site: "Taut band severe (left multifidus)".
  const [sign] = line.replace(': ', ' ').split(', as written');
  return `${sign} (${lowerFirst(siteName)})`;
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
