// Traverses the objects of a record along the schema.
import { memoize } from '../../memoize.ts';
import type { Group, List, Member, ObjectValues } from './members.ts';
import { presentMembers } from './present-members.ts';
import { record } from './record.ts';
import { MAX_ENTRIES } from './values.ts';

/** Member names and indices from the record down to one object. */
export type Path = readonly (string | number)[];

/** Called for each object; `path` is reused and has to be copied to be kept. */
export type VisitObject = (object: ObjectValues, group: Group, path: Path) => void;

/** Calls `visit` for each object of a record that the schema defines, outer objects first. */
export function eachObject(value: ObjectValues, visit: VisitObject): void {
  walk(value, record, { path: [], visit });
}

/** True for a JSON object. */
export function isObjectValues(value: unknown): value is ObjectValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True if an object has a value for `name` or the chart's own wording of it. */
export function hasValueOrWording(object: ObjectValues, name: string): boolean {
  return object[name] !== undefined || hasWording(object, name);
}

/** True if an object has the chart's own wording of `name`. */
export function hasWording(object: ObjectValues, name: string): boolean {
  return isObjectValues(object.asWritten) && object.asWritten[name] !== undefined;
}

/** The members of a group that pass `test`, with their names. */
export function membersWhere<M extends Member>(
  { members }: Group,
  test: (member: Member) => member is M,
): readonly (readonly [string, M])[] {
  return Object.entries(members).flatMap(([name, member]) =>
    test(member) ? [[name, member] as const] : [],
  );
}

const nestedMembers = memoize((group: Group) => {
  const nested = membersWhere(
    group,
    (member): member is Group | List => member.kind === 'group' || member.kind === 'list',
  );
  return new Map(nested.map(([name, member], rank) => [name, { name, member, rank }]));
});

interface Walker {
  readonly path: (string | number)[];
  readonly visit: VisitObject;
}

function walk(object: ObjectValues, group: Group, walker: Walker): void {
  const { path, visit } = walker;
  visit(object, group, path);
  for (const { name, member } of presentMembers(object, nestedMembers(group))) {
    const value = object[name];
    path.push(name);
    if (member.kind === 'list') walkEntries(value, member.of, walker);
    else if (isObjectValues(value)) walk(value, member, walker);
    path.pop();
  }
}

function walkEntries(value: unknown, group: Group, walker: Walker): void {
  if (!Array.isArray(value) || value.length > MAX_ENTRIES) return;
  for (const [index, entry] of value.entries()) {
    walker.path.push(index);
    if (isObjectValues(entry)) walk(entry, group, walker);
    walker.path.pop();
  }
}
