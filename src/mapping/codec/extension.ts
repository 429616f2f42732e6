// Maps members of a record to nested extensions and back. The url of a nested extension is the name of its
// member, so a new member of the record is mapped without a change here.
import type { Extension } from '@medplum/fhirtypes';
import { warningIssue } from '../../errors.ts';
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
import { type ReadContext, readLeaf, type Scalar, writeLeaf } from './leaf.ts';
import { readNotes, writeNotes } from './notes.ts';

/** The values of `members` as extensions; `urlOf` gives the url for the name of a member. */
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
  { member, value }: { member: Member; value: unknown },
): void {
  if (member.kind === 'group')
    parts.push({ url, extension: writeObject(value as ObjectValues, member) });
  else if (member.kind === 'list') {
    for (const entry of value as ObjectValues[])
      parts.push({ url, extension: writeObject(entry, member.of) });
  } else if (member.kind === 'local') {
    for (const [uri, scalar] of Object.entries(value as ObjectValues))
      parts.push(writeLocal(url, uri, scalar));
  } else if (Array.isArray(value)) {
    for (const item of value) parts.push({ url, ...writeLeaf(member, item as Scalar) });
  } else if (typeof value === 'object') {
    parts.push({ url, extension: writeParts(member, value as ObjectValues) });
  } else parts.push({ url, ...writeLeaf(member, value as Scalar) });
}

/** The nested extensions of an object: its members and its notes. */
export function writeObject(value: ObjectValues, group: Group): Extension[] {
  const parts = writeMembers(value, group.members);
  const notes = group.general
    ? writeNotes(value, { withText: !('text' in group.members) })
    : undefined;
  if (notes !== undefined) parts.push(notes);
  return parts;
}

/** The nested extensions of a range `{ low, high }`, or of a date with the chart's words. */
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

/** Reads the values of `members`; extensions with other urls are ignored. */
export function readMembers(
  extensions: readonly Extension[] | undefined,
  members: Members,
  { path, issues, urlOf = (name) => name }: ReadContext & { urlOf?: (name: string) => string },
): Record<string, unknown> {
  const byUrl = Map.groupBy(extensions ?? [], ({ url }) => url);
  const values: Record<string, unknown> = {};
  for (const name in members) {
    const url = urlOf(name);
    const matching = byUrl.get(url);
    const member = members[name];
    if (matching === undefined || member === undefined) continue;
    const value = readMember(matching, member, { path: `${path}.extension('${url}')`, issues });
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function readMember(extensions: Extension[], member: Member, reading: ReadContext): unknown {
  if (member.kind === 'list') return readList(extensions, member, reading);
  if (member.kind === 'local') return readLocal(extensions);
  if (member.kind === 'codes' || member.kind === 'keys' || member.kind === 'ids') {
    return extensions.flatMap((extension) => readLeaf(member, extension, reading) ?? []);
  }
  const [first, ...surplus] = extensions;
  if (first === undefined) return undefined;
  if (surplus.length > 0) {
    reading.issues.push(
      warningIssue('twice', reading.path, 'at most one is allowed; the first is read'),
    );
  }
  if (member.kind === 'group') return readObject(first.extension, member, reading);
  if (first.extension !== undefined && (member.kind === 'number' || member.kind === 'date')) {
    return readParts(first.extension, member, reading);
  }
  return readLeaf(member, first, reading);
}

/** Reads an object: its members and its notes. */
export function readObject(
  parts: readonly Extension[] | undefined,
  group: Group,
  reading: ReadContext,
): Record<string, unknown> {
  const values = readMembers(parts, group.members, reading);
  return group.general ? { ...readNotes(parts), ...values } : values;
}

function readList(extensions: Extension[], list: List, { path, issues }: ReadContext): unknown[] {
  return extensions.map(({ extension }, index) =>
    readObject(extension, list.of, { path: `${path}[${index}]`, issues }),
  );
}

function readParts(parts: Extension[], leaf: Leaf, reading: ReadContext): DateValue | ObjectValues {
  const entries = parts.flatMap((part): [string, unknown][] => {
    const value = part.url === 'dateText' ? part.valueString : readLeaf(leaf, part, reading);
    return value === undefined ? [] : [[part.url, value]];
  });
  return Object.fromEntries(entries);
}

function readLocal(extensions: Extension[]): Record<string, unknown> {
  const entries = extensions.flatMap(({ extension }): [string, unknown][] => {
    const name = extension?.find(({ url }) => url === 'name')?.valueUri;
    const value = extension?.find(({ url }) => url === 'value');
    const scalar = value?.valueString ?? value?.valueDecimal ?? value?.valueBoolean;
    return name === undefined || scalar === undefined ? [] : [[name, scalar]];
  });
  return Object.fromEntries(entries);
}
