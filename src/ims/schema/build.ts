// Functions that build the schema of a record: one for each kind of member.
import { z } from 'zod';
import { defined } from '../../defined.ts';
import type { CodeSet } from '../codes/code-set.ts';
import { sortBy, sortByContent, sortNames } from './canonical-order.ts';
import {
  absentReasons,
  type CodeMember,
  type CodesMember,
  type CountMember,
  type DateMember,
  type Group,
  type GroupOf,
  type GroupRules,
  informationSources,
  type List,
  type LocalMember,
  type Member,
  type MemberOptions,
  type Members,
  type NumberMember,
  type TextMember,
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

function textBuilder<K extends TextMember['kind']>(kind: K, schema: z.ZodType) {
  return (label: string, options: MemberOptions = {}) =>
    ({ kind, label, schema, need: 'optional', ...options }) as TextMember & {
      kind: K;
      need: 'optional';
    };
}

/** Free text, trimmed and in NFC. */
export const text = textBuilder('text', textSchema);
/** The key of the object itself, unique in the record. */
export const key = textBuilder('key', keySchema);
/** A reference to another object of the record, by its key. */
export const keyOf = textBuilder('keyOf', keySchema);
/** An id of another system (record, patient, episode, practitioner, clinic), stored unchanged. */
export const id = textBuilder('id', idSchema);
/** An absolute URI. */
export const uri = textBuilder('uri', uriSchema);
/** A date-time with seconds and offset. */
export const instant = textBuilder('instant', instantSchema);

/** A date as precise as known: `2026`, `2026-03` or `2026-03-01`. See `date` for dates in words. */
export const partialDate = textBuilder('day', partialDateSchema);
/** An IANA time zone. */
export const zone = textBuilder('zone', zoneSchema);

/** A media type, such as `application/pdf`. */
export const media = textBuilder('media', mediaSchema);

/** The SHA-256 of a file's bytes, in hexadecimal. */
export const digest = textBuilder('digest', digestSchema);

/** The content of a file in base64. */
export const data = textBuilder('data', dataSchema);

/** References to other objects of the record, by their keys. */
export function keys(label: string) {
  return { kind: 'keys', label, need: 'optional', schema: setOf(keySchema) } as const;
}

/** A set of ids of another system. */
export function ids(label: string) {
  return { kind: 'ids', label, need: 'optional', schema: setOf(idSchema) } as const;
}

/** A UCUM unit, for a number in another member of the same object. */
export function unit<const U extends string>(label: string, units: readonly U[]) {
  return { kind: 'unit', label, need: 'optional', units, schema: z.enum(units) } as const;
}

/** A duration in the unit of the chart: a number or range, and one of the UCUM `units`. */
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

/** A code of `set`. */
export function code<C extends string>(
  label: string,
  set: CodeSet<C>,
  options: MemberOptions = {},
): CodeMember<C> & { need: 'optional' } {
  return { kind: 'code', label, set, need: 'optional', schema: z.enum(set.codes), ...options };
}

/** Several codes of `set`. */
export function codes<C extends string>(
  label: string,
  set: CodeSet<C>,
  options: MemberOptions = {},
): CodesMember<C> & { need: 'optional' } {
  return {
    kind: 'codes',
    label,
    set,
    need: 'optional',
    schema: setOf(z.enum(set.codes)),
    ...options,
  };
}

/** A date as precise as known, or a date in the words of the chart. */
export function date(label: string): DateMember & { need: 'optional' } {
  return { kind: 'date', label, need: 'optional', schema: dateSchema };
}

/** Options of a number: its UCUM `unit`, whether it must be whole, its minimum and maximum. */
export interface NumberOptions extends MemberOptions {
  readonly unit?: string;
  readonly whole?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** A number or a range, in a fixed unit. */
export function number(
  label: string,
  { unit, whole, min, max, ...options }: NumberOptions = {},
): NumberMember & { need: 'optional' } {
  const schema = numberSchema({ whole, min, max });
  return { kind: 'number', label, need: 'optional', schema, ...defined({ unit }), ...options };
}

/** A pain score, UCUM `{score}`. Its group must have the rules SCORE_RULES. */
export function score(label: string) {
  return number(label, { unit: '{score}' });
}

/** A whole number from 1 to 2147483647 (FHIR positiveInt), never a range. */
export function positiveInt(label: string): CountMember & { need: 'optional' } {
  return { kind: 'count', label, need: 'optional', schema: positiveSchema };
}

/** A whole count, UCUM `{count}`. */
export function count(label: string, options: MemberOptions = {}) {
  return number(label, { unit: '{count}', whole: true, min: 0, ...options });
}

/** Makes a member required. */
export function required<M extends Member>(member: M): Omit<M, 'need'> & { need: 'required' } {
  return { ...member, need: 'required' };
}

/** Makes a member required, either as a value or in the words of the chart (`asWritten`). */
export function requiredOrAsWritten<M extends Member>(
  member: M,
): Omit<M, 'need'> & { need: 'required-or-as-written' } {
  return { ...member, need: 'required-or-as-written' };
}

type GroupOptions = MemberOptions & GroupRules;

/** An object in which the general members are allowed. */
export function group<const M extends Members>(
  label: string,
  members: M,
  options: GroupOptions = {},
): GroupOf<M> & { general: true } {
  return { ...makeGroup(label, members, { ...options, general: true }), general: true };
}

/** An object without general members, such as a name, an identifier and the record itself. */
export function plain<const M extends Members>(
  label: string,
  members: M,
): GroupOf<M> & { general: false } {
  return { ...makeGroup(label, members, { general: false }), general: false };
}

/** Data of a clinic that the schema does not define: texts, numbers and booleans by URI. */
export function local(label: string): LocalMember & { need: 'optional' } {
  return { kind: 'local', label, need: 'optional', schema: extrasSchema.overwrite(sortNames) };
}

/** A list of objects, identified by the member `by`. Reading sorts it by that member. */
export function list<G extends Group>(
  label: string,
  of: G,
  { by = 'key', ...options }: MemberOptions & { by?: string } = {},
): Omit<List, 'of' | 'need'> & { of: G; need: 'optional' } {
  const schema = z.array(of.schema).min(1).max(MAX_ENTRIES).overwrite(sortBy(by));
  return { kind: 'list', label, need: 'optional', of, by, schema, ...options };
}

/** A set of objects without keys. Reading sorts it by content. */
export function setOfValues<G extends Group>(
  label: string,
  of: G,
  options: MemberOptions = {},
): Omit<List, 'of' | 'need'> & { of: G; need: 'optional' } {
  const schema = z.array(of.schema).min(1).max(MAX_ENTRIES).overwrite(sortByContent);
  return { kind: 'list', label, need: 'optional', of, schema, ...options };
}

function makeGroup<const M extends Members>(
  label: string,
  members: M,
  { id, general, ...rules }: GroupOptions & { general: boolean },
): GroupOf<M> {
  const shape = Object.fromEntries(
    Object.entries(members).map(([name, { need, schema }]) => [
      name,
      need === 'required' ? schema : schema.optional(),
    ]),
  );
  const schema = z.strictObject({ ...(general ? generalShape(members) : {}), ...shape });
  return {
    ...{ kind: 'group', label, members, general, rules, need: 'optional', schema },
    ...defined({ id }),
  };
}

/** Names allowed in `asWritten`: all members except keys, ids and dates. */
export function asWrittenNames(members: Members): string[] {
  return Object.keys(members).filter((name) => {
    const kind = members[name]?.kind;
    return (
      kind !== 'key' && kind !== 'date' && kind !== 'keyOf' && kind !== 'keys' && kind !== 'id'
    );
  });
}

/** Names allowed in `absent`: all members except the key. */
export function absentNames(members: Members): string[] {
  return Object.keys(members).filter((name) => members[name]?.kind !== 'key');
}

function generalShape(members: Members) {
  return {
    text: textSchema.optional(),
    ...defined({
      asWritten: mapSchema(asWrittenNames(members), textSchema),
      absent: mapSchema(absentNames(members), z.enum(absentReasons.codes)),
    }),
    saidBy: z.enum(informationSources.codes).optional(),
    saidByText: textSchema.optional(),
    askedAt: instantSchema.optional(),
    complaintKeys: setOf(keySchema).optional(),
    baseline: z
      .union([keySchema, z.strictObject({ recordId: idSchema, key: keySchema })])
      .optional(),
  };
}

/** The schema of an optional object with these member names; undefined without names. */
function mapSchema(names: string[], value: z.ZodType) {
  if (names.length === 0) return undefined;
  return z.partialRecord(z.enum(names), value).overwrite(sortNames).optional();
}

function setOf(item: z.ZodType) {
  return z
    .array(item)
    .min(1)
    .max(MAX_ENTRIES)
    .overwrite((values) => [...new Set(values)].sort());
}
