// Members of a record <-> nested extensions, by construction: the name of a member is the url of its
// part. This is how the Procedure carries its sites; a new member travels without a line here.
import type { Extension } from '@medplum/fhirtypes';
import { type Issue, warningIssue } from '../../errors.ts';
import type {
  DateValue,
  Group,
  Leaf,
  List,
  Member,
  Members,
  ObjectValues,
} from '../../ims/schema/members.ts';
import { byName, presentMembers } from '../../ims/schema/present-members.ts';
import { readLeaf, type Scalar, writeLeaf } from './leaf.ts';
import { readNotes, writeNotes } from './notes.ts';

/** Every value of `members` as extensions, each under the url that `urlOf` gives its member. */
export function writeMembers(
  values: ObjectValues,
  members: Members,
  urlOf: (name: string) => string = (name) => name,
): Extension[] {
  const parts: Extension[] = [];
  for (const { name, member } of presentMembers(values, byName(members))) {
    writeMember(parts, urlOf(name), { member, value: values[name] });
  }
  return parts;
}

function writeMember(
  parts: Extension[],
  url: string,
  of: { member: Member; value: unknown },
): void {
  const { member, value } = of;
  if (member.kind === 'group')
    parts.push({ url, extension: writeObject(value as ObjectValues, member) });
  else if (member.kind === 'list') {
    for (const entry of value as ObjectValues[])
      parts.push({ url, extension: writeObject(entry, member.of) });
  } else if (member.kind === 'local') {
    for (const [uri, scalar] of Object.entries(value as ObjectValues))
      parts.push(writeLocal(url, uri, scalar));
  } else if (Array.isArray(value)) {
    for (const one of value) parts.push({ url, ...writeLeaf(member, one as Scalar) });
  } else if (typeof value === 'object') {
    parts.push({ url, extension: writeParts(member, value as ObjectValues) });
  } else parts.push({ url, ...writeLeaf(member, value as Scalar) });
}

/** The parts of an object: its members, its notes. */
export function writeObject(value: ObjectValues, group: Group): Extension[] {
  const parts = writeMembers(value, group.members);
  const notes = group.general
    ? writeNotes(value, { withText: !('text' in group.members) })
    : undefined;
  if (notes !== undefined) parts.push(notes);
  return parts;
}

/** A range `{ low, high }` or a date with words: parts of a leaf that is not one value. */
function writeParts(leaf: Leaf, value: ObjectValues): Extension[] {
  return Object.entries(value).map(([url, part]) =>
    url === 'dateText'
      ? { url, valueString: String(part) }
      : { url, ...writeLeaf(leaf, part as Scalar) },
  );
}

function writeLocal(url: string, uri: string, scalar: unknown): Extension {
  const value: Extension =
    typeof scalar === 'number'
      ? { url: 'value', valueDecimal: scalar }
      : typeof scalar === 'boolean'
        ? { url: 'value', valueBoolean: scalar }
        : { url: 'value', valueString: String(scalar) };
  return { url, extension: [{ url: 'name', valueUri: uri }, value] };
}

/** Where reading is: the FHIRPath so far and the issues found. */
export interface Reading {
  readonly path: string;
  readonly issues: Issue[];
}

/** Reads `members` back from extensions; unknown urls are other people's and passed over. */
export function readMembers(
  extensions: readonly Extension[] | undefined,
  members: Members,
  { path, issues, urlOf = (name) => name }: Reading & { urlOf?: (name: string) => string },
): Record<string, unknown> {
  const byUrl = Map.groupBy(extensions ?? [], ({ url }) => url);
  const values: Record<string, unknown> = {};
  for (const name in members) {
    const found = byUrl.get(urlOf(name));
    const member = members[name];
    if (found === undefined || member === undefined) continue;
    const value = readMember(found, member, {
      path: `${path}.extension('${urlOf(name)}')`,
      issues,
    });
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function readMember(found: Extension[], member: Member, reading: Reading): unknown {
  if (member.kind === 'list') return readList(found, member, reading);
  if (member.kind === 'local') return readLocal(found);
  if (member.kind === 'codes' || member.kind === 'keys' || member.kind === 'ids') {
    return found.map((one) => readScalar(one, member, reading)).filter((one) => one !== undefined);
  }
  const [first, ...more] = found;
  if (first === undefined) return undefined;
  if (more.length > 0) {
    reading.issues.push(
      warningIssue('twice', reading.path, 'stands more than once; the first is read'),
    );
  }
  if (member.kind === 'group') return readObject(first.extension, member, reading);
  if (first.extension !== undefined && (member.kind === 'number' || member.kind === 'date')) {
    return readParts(first.extension, member, reading);
  }
  return readScalar(first, member, reading);
}

/** Reads an object: its members and its notes. */
export function readObject(
  parts: readonly Extension[] | undefined,
  group: Group,
  reading: Reading,
): Record<string, unknown> {
  const values = readMembers(parts, group.members, reading);
  return group.general ? { ...readNotes(parts), ...values } : values;
}

function readList(found: Extension[], list: List, { path, issues }: Reading): unknown[] {
  return found.map((one, index) =>
    readObject(one.extension, list.of, { path: `${path}[${index}]`, issues }),
  );
}

function readScalar(from: Extension, leaf: Leaf, { path, issues }: Reading): Scalar | undefined {
  const value = readLeaf(leaf, from);
  if (value === undefined)
    issues.push(warningIssue('value', path, `holds no ${leaf.kind} that is known here`));
  return value;
}

function readParts(parts: Extension[], leaf: Leaf, reading: Reading): DateValue | ObjectValues {
  const entries = parts.flatMap((part): [string, unknown][] => {
    const value = part.url === 'dateText' ? part.valueString : readScalar(part, leaf, reading);
    return value === undefined ? [] : [[part.url, value]];
  });
  return Object.fromEntries(entries);
}

function readLocal(found: Extension[]): Record<string, unknown> {
  const entries = found.flatMap(({ extension }): [string, unknown][] => {
    const name = extension?.find(({ url }) => url === 'name')?.valueUri;
    const value = extension?.find(({ url }) => url === 'value');
    const scalar = value?.valueString ?? value?.valueDecimal ?? value?.valueBoolean;
    return name === undefined || scalar === undefined ? [] : [[name, scalar]];
  });
  return Object.fromEntries(entries);
}
