// Settling: a raw record becomes one that keeps every rule of form and is in normal form. Written
// without the reader, so that the reader can be held against it.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { isOutOfBounds } from '../../src/ims/reader/object-rules.ts';
import { asWrittenNames } from '../../src/ims/schema/build.ts';
import type { Group, List, Member } from '../../src/ims/schema/members.ts';
import { record as definition, type ImsRecord } from '../../src/ims/schema/record.ts';
import { Names } from './names.ts';
import { CHOICE, isPerson, type Raw, SPARE } from './raw.ts';

/** The record a raw one settles to. */
export function settleRecord(raw: Raw): ImsRecord {
  const kept = keepEnvelope(raw);
  const names = new Names();
  const named = nameItems(kept, definition, { path: [], names });
  const settled = settle(named, definition, names) ?? {};
  return agree(settled) as unknown as ImsRecord;
}

type Values = Record<string, unknown>;

const BARE = ['kind', 'source', 'recordId', 'revision', 'status', 'recordedAt', 'origin'];

/** A first revision corrects nothing; every second record entered in error is a bare one. */
function keepEnvelope(raw: Raw): Raw {
  const { corrections, ...rest } = raw;
  const isFirst = raw.revision === 1;
  if (raw.status === 'entered-in-error' && Number(raw[CHOICE]) % 2 === 1) {
    const bare = Object.fromEntries(BARE.map((name) => [name, raw[name]]));
    const patient = { id: (raw.patient as Raw).id };
    return { ...bare, patient, [SPARE]: raw[SPARE] };
  }
  if (raw.status === 'amended' && isFirst) return keepKind({ ...rest, status: 'final' });
  return keepKind(isFirst ? rest : raw);
}

/** A contact is one contact without visit and session; without any it is a visit. */
function keepKind(raw: Raw): Raw {
  if (raw.kind !== 'contact') return raw;
  const { visit, session, ...rest } = raw;
  const contacts = (raw.contacts as Raw[] | undefined) ?? [];
  return contacts.length === 0
    ? { ...raw, kind: 'visit' }
    : { ...rest, contacts: contacts.slice(0, 1) };
}

interface ItemContext {
  readonly path: readonly string[];
  readonly names: Names;
}

/** Picks one of exclusive members and gives each item its key; references stay numbers. */
function nameItems(raw: Raw, group: Group, { path, names }: ItemContext): Raw {
  const picked = pickExclusive(leaveOut(raw, group), group);
  const pairs = Object.entries(picked).map(([name, value]) => {
    const member = group.members[name];
    const place = { path: [...path, name], names };
    if (value === undefined || member === undefined) return [name, value];
    if (member.kind === 'key') return [name, names.define(path, Number(value))];
    if (member.kind === 'group') return [name, nameItems(value as Raw, member, place)];
    if (member.kind !== 'list') return [name, value];
    return [name, (value as Raw[]).map((entry) => nameItems(entry, member.of, place))];
  });
  const named = Object.fromEntries(pairs);
  if (path.join('.') === 'practitioners') names.addPractitioner(String(named.id));
  return named;
}

/** A value said to be missing is missing, unless it must stand. */
function leaveOut(raw: Raw, group: Group): Raw {
  if (!Array.isArray(raw.absent)) return raw;
  const exclusive = group.rules.exactlyOne?.flat() ?? [];
  const missing = raw.absent
    .map(([name]) => name)
    .filter((name) => group.members[name]?.need !== 'required' && !exclusive.includes(name));
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !missing.includes(name)));
}

/** Of exclusive members one stays; at times only the chart's words for it. */
function pickExclusive(raw: Raw, group: Group): Raw {
  let picked: Values = { ...raw };
  const choice = Number(raw[CHOICE]);
  for (const rule of group.rules.exactlyOne ?? []) {
    const chosen = rule[choice % rule.length] ?? '';
    const isInWords =
      Math.floor(choice / rule.length) % 6 === 5 && planOf(group).withWords.has(chosen);
    const dropped = rule.filter((name) => isInWords || name !== chosen);
    const words = isInWords ? [[chosen, raw[SPARE]]] : [];
    picked = Object.fromEntries(Object.entries(picked).filter(([name]) => !dropped.includes(name)));
    const pairs = (picked.asWritten ?? []) as [string, string][];
    picked.asWritten = [...pairs.filter(([name]) => !rule.includes(name)), ...words];
  }
  return picked;
}

/** The object in normal form, or undefined where nothing is left of it. */
function settle(raw: Raw, group: Group, names: Names): Values | undefined {
  const object: Values = {};
  for (const name of planOf(group).order) {
    const value = settleMember(name, raw, { group, names });
    if (value !== undefined) object[name] = value;
    else if (group.members[name]?.need === 'required') return undefined;
  }
  if (object.sha256 !== undefined) object.sha256 = sha256(String(object.data));
  order(object, group);
  bound(object, group);
  return complete(object, group, String(raw[SPARE]));
}

function sha256(data: string): string {
  return createHash('sha256').update(Buffer.from(data, 'base64')).digest('hex');
}

function settleMember(
  name: string,
  raw: Raw,
  { group, names }: { group: Group; names: Names },
): unknown {
  const value = raw[name];
  const member = group.members[name];
  if (value === undefined) return undefined;
  if (member === undefined) return settleGeneral(name, value, names);
  if (member.kind === 'group') return settle(value as Raw, member, names);
  if (member.kind === 'list') return settleList(value as Raw[], member, names);
  return settleLeaf(name, value, { member, names });
}

function settleLeaf(
  name: string,
  value: unknown,
  { member, names }: { member: Member; names: Names },
): unknown {
  if (isPerson(name, member)) return names.practitioner(Number(value));
  if (member.kind === 'keyOf') return names.keyFor(name, Number(value));
  if (member.kind === 'ids') {
    return asSet((value as number[]).map((one) => names.practitioner(one)));
  }
  if (member.kind === 'keys') {
    return asSet((value as number[]).map((one) => names.keyFor(name, one)));
  }
  return member.kind === 'codes' ? asSet(value as string[]) : value;
}

function settleGeneral(name: string, value: unknown, names: Names): unknown {
  if (name === 'complaintKeys') {
    return asSet((value as number[]).map((one) => names.keyFor(name, one)));
  }
  if (name === 'baseline' && typeof value === 'number') return names.keyFor(name, value);
  if (name === 'asWritten' || name === 'absent') return asMap(value as [string, string][]);
  return value;
}

function settleList(entries: readonly Raw[], list: List, names: Names): unknown {
  const settled = entries
    .map((entry) => settle(entry, list.of, names))
    .filter((entry) => entry !== undefined);
  const nameOf = (entry: Values) =>
    list.by === undefined ? JSON.stringify(entry) : String(entry[list.by]);
  const byName = new Map(settled.map((entry) => [nameOf(entry), entry]));
  if (byName.size === 0) return undefined;
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function asSet(values: readonly (string | undefined)[]): string[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : [...new Set(known)].sort();
}

function asMap(pairs: readonly [string, string][]): Record<string, string> | undefined {
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function order(object: Values, { rules }: Group): void {
  for (const [first, last] of rules.inOrder ?? []) {
    const [start, end] = [object[first], object[last]];
    if (typeof start !== 'string' || typeof end !== 'string') continue;
    if (Date.parse(end) >= Date.parse(start)) continue;
    object[first] = end;
    object[last] = start;
  }
}

/** A number beyond its bounds goes without its unit, or is on another scale. */
function bound(object: Values, { rules }: Group): void {
  for (const bounds of rules.within ?? []) {
    if (!isOutOfBounds(object, bounds)) continue;
    const { while: held, unless } = bounds;
    if (held !== undefined) object[held[0]] = undefined;
    else if (unless !== undefined) object[unless[0]] = unless[1];
  }
}

/** Adds the words that a needed or an `other` member must have, takes away what contradicts. */
function complete(object: Values, group: Group, spare: string): Values | undefined {
  const { order, needed, withWords } = planOf(group);
  const words = { ...(object.asWritten as Record<string, string> | undefined) };
  for (const name of needed) if (object[name] === undefined) words[name] ??= spare;
  for (const rule of group.rules.atLeastOne ?? []) {
    const [first = ''] = rule;
    if (rule.every((name) => object[name] === undefined)) words[first] ??= spare;
  }
  if (group.general && object.text === undefined) {
    for (const name of Object.keys(object)) {
      const value = object[name];
      const isOther = value === 'other' || (Array.isArray(value) && value.includes('other'));
      if (isOther && withWords.has(name)) words[name] ??= spare;
    }
  }
  const absent = Object.entries((object.absent ?? {}) as Record<string, string>);
  object.asWritten = asMap(Object.entries(words));
  object.absent = asMap(absent.filter(([name]) => object[name] === undefined));
  const whole = inOrder(object, order);
  return Object.keys(whole).length === 0 ? undefined : whole;
}

function inOrder(object: Values, order: readonly string[]): Values {
  const ordered: Values = {};
  for (const name of order) if (object[name] !== undefined) ordered[name] = object[name];
  return ordered;
}

interface Plan {
  /** Names in the order of the schema, which is the order of a record that was read. */
  readonly order: readonly string[];
  readonly needed: readonly string[];
  readonly withWords: ReadonlySet<string>;
}

const plans = new Map<Group, Plan>();

function planOf(group: Group): Plan {
  const known = plans.get(group);
  if (known !== undefined) return known;
  const members = Object.entries(group.members);
  const plan = {
    order: Object.keys((group.schema as z.ZodObject).shape),
    needed: members.flatMap(([name, { need }]) =>
      need === 'required-or-as-written' ? [name] : [],
    ),
    withWords: new Set(asWrittenNames(group.members)),
  };
  plans.set(group, plan);
  return plan;
}

const SECTIONS = ['assessment', 'screening', 'session', 'consents', 'events'];

/** What only the whole record shows: a visit holds something, a session rests on a screening. */
function agree(record: Values): Values {
  const isEmpty = SECTIONS.every((name) => record[name] === undefined);
  if (isEmpty && record.visit !== undefined) record.screening = { cancer: { answer: 'not-asked' } };
  const session = record.session as Values | undefined;
  const basis = session?.screening as Values | undefined;
  if (session !== undefined && basis !== undefined) {
    session.screening = agreeBasis(basis, record.screening !== undefined);
  }
  return inOrder(record, planOf(definition).order);
}

function agreeBasis(given: Values, hasScreening: boolean): Values {
  const { absent, recordId = 'visit-0', ...rest } = given;
  const group = definition.members.session.members.screening;
  // Another record, never this one: its name is longer by a word.
  const other = `earlier ${recordId}`.slice(0, 200);
  if (rest.basis === undefined) {
    return given.recordId === undefined ? given : { ...given, recordId: other };
  }
  if (rest.basis === 'other-record') {
    return inOrder({ ...rest, recordId: other }, planOf(group).order);
  }
  const basis =
    rest.basis === 'this-record' && !hasScreening ? 'screening-not-documented' : rest.basis;
  return inOrder({ ...rest, absent, basis }, planOf(group).order);
}
