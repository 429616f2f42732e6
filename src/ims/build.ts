// Building the tree of members: one function a kind, each giving the member with its schema.
import { z } from 'zod';
import {
  absentReasons,
  type Code,
  type CodeSet,
  type Codes,
  type CountMember,
  type DateMember,
  type Group,
  type GroupOf,
  type GroupRules,
  type List,
  type LocalMember,
  type Member,
  type MemberOptions,
  type Members,
  type NumberMember,
  sayers,
  type Words,
} from './members.ts';
import {
  dataSchema,
  dateSchema,
  digestSchema,
  extrasSchema,
  idSchema,
  instantSchema,
  keySchema,
  MAX_ENTRIES,
  mediaSchema,
  numberSchema,
  partialDateSchema,
  positiveSchema,
  textSchema,
  uriSchema,
  zoneSchema,
} from './values.ts';

function words<K extends Words['kind']>(kind: K, schema: z.ZodType) {
  return (label: string, options: MemberOptions = {}) =>
    ({ kind, label, schema, need: 'may', ...options }) as Words & { kind: K; need: 'may' };
}

/** Free words, trimmed and NFC. */
export const text = words('text', textSchema);
/** The name of this item, unique in the record. */
export const key = words('key', keySchema);
/** The key of another item of this record. */
export const keyOf = words('keyOf', keySchema);
/** A name given outside: record, patient, episode, practitioner, clinic. Kept as it is. */
export const id = words('id', idSchema);
/** An absolute URI. */
export const uri = words('uri', uriSchema);
/** A moment with seconds and offset. */
export const instant = words('instant', instantSchema);

/** A partial date without words beside it. */
export const day = words('day', partialDateSchema);
/** An IANA time zone. */
export const zone = words('zone', zoneSchema);

/** A media type, such as `application/pdf`. */
export const media = words('media', mediaSchema);

/** The SHA-256 of a file's bytes, in hexadecimal. */
export const digest = words('digest', digestSchema);

/** The bytes of a file, base64. */
export const data = words('data', dataSchema);

/** Keys of other items of this record, a set. */
export function keys(label: string, options: MemberOptions = {}) {
  return { kind: 'keys', label, need: 'may', schema: setOf(keySchema), ...options } as const;
}

/** Names given outside, a set. */
export function ids(label: string, options: MemberOptions = {}) {
  return { kind: 'ids', label, need: 'may', schema: setOf(idSchema), ...options } as const;
}

/** A UCUM unit, where the number it belongs to stands in a member of its own. */
export function unit<const U extends string>(label: string, units: readonly U[]) {
  return { kind: 'unit', label, need: 'may', units, schema: z.enum(units) } as const;
}

/** A duration in the unit of the chart: one number or range, and one of the UCUM `units`. */
export function duration<const U extends string>(
  label: string,
  units: readonly U[],
  options: MemberOptions = {},
) {
  return group(
    label,
    { value: number('How long', { min: 0 }), unit: unit('Unit', units) },
    options,
  );
}

/** One code of `set`. */
export function code<C extends string>(
  label: string,
  set: CodeSet<C>,
  options: MemberOptions = {},
): Code<C> & { need: 'may' } {
  return { kind: 'code', label, set, need: 'may', schema: z.enum(set.codes), ...options };
}

/** A set of codes of `set`. */
export function codes<C extends string>(
  label: string,
  set: CodeSet<C>,
  options: MemberOptions = {},
): Codes<C> & { need: 'may' } {
  return { kind: 'codes', label, set, need: 'may', schema: setOf(z.enum(set.codes)), ...options };
}

/** A calendar date as precise as known, or the chart's words for one. */
export function date(label: string, options: MemberOptions = {}): DateMember & { need: 'may' } {
  return { kind: 'date', label, need: 'may', schema: dateSchema, ...options };
}

/** What bounds a number: UCUM `unit`, whole numbers only, least and greatest value. */
export interface NumberOptions extends MemberOptions {
  readonly unit?: string;
  readonly whole?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** A number of one fixed unit, or a range where the chart gives one. */
export function number(
  label: string,
  { unit, whole, min, max, ...options }: NumberOptions = {},
): NumberMember & { need: 'may' } {
  const schema = numberSchema({ whole, min, max });
  return {
    kind: 'number',
    label,
    need: 'may',
    schema,
    ...(unit === undefined ? {} : { unit }),
    ...options,
  };
}

/** A pain score, UCUM `{score}`; its group holds `SCORED`. */
export function score(label: string, options: MemberOptions = {}) {
  return number(label, { unit: '{score}', ...options });
}

/** A whole number from 1 to 2147483647 (FHIR positiveInt), never a range: the revision. */
export function positive(label: string): CountMember & { need: 'may' } {
  return { kind: 'count', label, need: 'may', schema: positiveSchema };
}

/** A whole count, UCUM `{count}`. */
export function count(label: string, options: MemberOptions = {}) {
  return number(label, { unit: '{count}', whole: true, min: 0, ...options });
}

/** The same member, needed always. */
export function must<M extends Member>(member: M): Omit<M, 'need'> & { need: 'must' } {
  return { ...member, need: 'must' };
}

/** The same member, needed always, though the chart's own words alone will do. */
export function needed<M extends Member>(member: M): Omit<M, 'need'> & { need: 'words' } {
  return { ...member, need: 'words' };
}

type GroupOptions = MemberOptions & GroupRules;

/** An object whose members stand beside the general ones. */
export function group<const M extends Members>(
  label: string,
  members: M,
  options: GroupOptions = {},
): GroupOf<M> & { general: true } {
  return { ...makeGroup(label, members, { ...options, general: true }), general: true };
}

/** An object of plain members only: names, identifiers, the envelope. */
export function plain<const M extends Members>(
  label: string,
  members: M,
  options: GroupOptions = {},
): GroupOf<M> & { general: false } {
  return { ...makeGroup(label, members, { ...options, general: false }), general: false };
}

/** The clinic's own extras, a scalar by URI. */
export function local(label: string): LocalMember & { need: 'may' } {
  return { kind: 'local', label, need: 'may', schema: extrasSchema.overwrite(sortNames) };
}

/** Entries of one shape, named by `key` unless `by` says otherwise; sorted by that name when read. */
export function list<G extends Group>(
  label: string,
  of: G,
  { by = 'key', ...options }: MemberOptions & { by?: string } = {},
): Omit<List, 'of' | 'need'> & { of: G; need: 'may' } {
  const schema = z.array(of.schema).min(1).max(MAX_ENTRIES).overwrite(sortBy(by));
  return { kind: 'list', label, need: 'may', of, by, schema, ...options };
}

/** A set of objects without names of their own, sorted by content when read. */
export function setOfValues<G extends Group>(
  label: string,
  of: G,
  options: MemberOptions = {},
): Omit<List, 'of' | 'need'> & { of: G; need: 'may' } {
  const schema = z.array(of.schema).min(1).max(MAX_ENTRIES).overwrite(sortByContent);
  return { kind: 'list', label, need: 'may', of, schema, ...options };
}

function makeGroup<const M extends Members>(
  label: string,
  members: M,
  { id, general, ...rules }: GroupOptions & { general: boolean },
): GroupOf<M> {
  const shape = Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      member.need === 'must' ? member.schema : member.schema.optional(),
    ]),
  );
  const extra = general ? generalShape(members) : {};
  const schema = z.strictObject({ ...extra, ...shape });
  const named = id === undefined ? {} : { id };
  return { kind: 'group', label, members, general, rules, need: 'may', schema, ...named };
}

/** Names that the chart's own words may be given for: every own member but keys and dates. */
export function namesWithWords(members: Members): string[] {
  return Object.keys(members).filter((name) => {
    const kind = members[name]?.kind;
    return (
      kind !== 'key' && kind !== 'date' && kind !== 'keyOf' && kind !== 'keys' && kind !== 'id'
    );
  });
}

/** Names that a reason of absence may be given for: every own member but its key. */
export function namesOfAbsence(members: Members): string[] {
  return Object.keys(members).filter((name) => members[name]?.kind !== 'key');
}

function generalShape(members: Members) {
  const byName = (names: string[], value: z.ZodType) =>
    names.length === 0
      ? {}
      : {
          map: z.partialRecord(z.enum(names), value).overwrite(sortNames).optional(),
        };
  const { map: asWritten } = byName(namesWithWords(members), textSchema);
  const { map: absent } = byName(namesOfAbsence(members), z.enum(absentReasons.codes));
  return {
    text: textSchema.optional(),
    ...(asWritten === undefined ? {} : { asWritten }),
    ...(absent === undefined ? {} : { absent }),
    saidBy: z.enum(sayers.codes).optional(),
    saidByText: textSchema.optional(),
    askedAt: instantSchema.optional(),
    complaintKeys: setOf(keySchema).optional(),
    baseline: z
      .union([keySchema, z.strictObject({ recordId: idSchema, key: keySchema })])
      .optional(),
  };
}

function setOf(item: z.ZodType) {
  return z
    .array(item)
    .min(1)
    .max(MAX_ENTRIES)
    .overwrite((values) => [...new Set(values)].sort());
}

/** Brings entries in their one order: by what names them, else by content and each once. */
export function sorterOf({ by }: { readonly by?: string }): (entries: unknown[]) => unknown[] {
  return by === undefined ? sortByContent : sortBy(by);
}

function sortBy(name: string) {
  const nameOf = (value: unknown) => String((value as Record<string, unknown>)[name]);
  return (values: unknown[]) =>
    values.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
}

function sortByContent(values: unknown[]): unknown[] {
  if (values.length < 2) return values;
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function sortNames<T>(map: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
