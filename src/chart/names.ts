// What the keys of a record stand for, in words: a relation or a sign that names an item says
// nothing to a reader while it only says "s2".
import type { Group } from '../ims/schema/members.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { eachObject, type Path, type Values } from '../ims/schema/walk.ts';
import { memoizeLast } from '../memoize.ts';
import { phraseOf } from './phrases.ts';
import { isSite, renderSiteName } from './places.ts';
import { lowerFirst } from './values.ts';

/** Words for keys of items, and for the ids of practitioners. */
export interface Names {
  readonly items: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

/** Nothing is known: a key says itself. */
export const NO_NAMES: Names = { items: new Map(), people: new Map() };

/** The names in a record, worked out once for each. */
export const namesOf = memoizeLast(
  (record: ImsRecord): Names => ({ items: itemsOf(record), people: peopleOf(record) }),
);

function itemsOf(record: ImsRecord): Map<string, string> {
  const items = new Map<string, string>();
  let place: { name: string; path: Path } | undefined;
  eachObject({ ...record }, (object, group, path) => {
    if (isSite(group.members)) place = { name: renderSiteName(object), path: [...path] };
    const { key } = object;
    if (typeof key !== 'string' || group.members.key?.kind !== 'key') return;
    const at = place !== undefined && isInside(path, place.path) ? place.name : undefined;
    items.set(key, nameOf(object, group, at));
  });
  nameComplaints(record, items);
  return items;
}

/** With one complaint everything is about it, and saying so each time would hide the rest. */
function nameComplaints({ episode }: ImsRecord, items: Map<string, string>): void {
  const { complaints = [] } = episode ?? {};
  for (const { key, text, asWritten } of complaints) {
    if (complaints.length === 1) items.delete(key);
    else items.set(key, text ?? asWritten?.text ?? key);
  }
}

function nameOf(object: Values, group: Group, place: string | undefined): string {
  if (isSite(group.members)) return renderSiteName(object);
  const { line } = phraseOf(object, group);
  if (place === undefined) return line;
  // Where a sign stands it is said in full; elsewhere its grade and its place call it.
  const [sign] = line.replace(': ', ' ').split(', as written');
  return `${sign} (${lowerFirst(place)})`;
}

function isInside(path: Path, outer: Path): boolean {
  return outer.every((step, index) => path[index] === step);
}

function peopleOf({ practitioners = [] }: ImsRecord): Map<string, string> {
  return new Map(
    practitioners.map(({ id, name }) => {
      const parts = [name?.given, name?.family].filter((part) => part !== undefined);
      return [id, name?.text ?? (parts.length === 0 ? id : parts.join(' '))];
    }),
  );
}
