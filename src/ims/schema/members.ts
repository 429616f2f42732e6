// Types of the record's definition: a tree of members, each with a label, a dictionary id, a kind and a
// zod schema. Validation, JSON Schema, Questionnaires, the mapping table and the test generators are
// all derived from this tree. Independent of FHIR.
import type { z } from 'zod';
import { type CodeSet, codeSet } from '../codes/code-set.ts';

/**
 * Whether a member is required. `required-or-as-written`: the value or the chart's own wording of it in
 * `asWritten` is required.
 */
export type Need = 'required' | 'required-or-as-written' | 'optional';

/** An object of a record: its members by name, not yet of any type. */
export type ObjectValues = Readonly<Record<string, unknown>>;

/** A date as precise as known: a partial date, or the chart's wording with an optional date. */
export type DateValue =
  | string
  | { readonly dateText: string; readonly date?: string; readonly latestDate?: string };

/** A number, or a range where the chart gives one; either end may be missing ("10 or more"). */
export type NumberValue = number | { readonly low?: number; readonly high?: number };

/**
 * Options of every member. `id` is the row of the data dictionary; `also` are further rows that the
 * member covers, each with its meaning.
 */
export interface MemberOptions {
  readonly id?: string;
  readonly also?: Readonly<Record<string, string>>;
}

/** Properties of every member. */
export interface MemberBase {
  readonly label: string;
  readonly id?: string;
  readonly also?: Readonly<Record<string, string>>;
  readonly schema: z.ZodType;
}

export type CodeMember<C extends string = string> = MemberBase & {
  kind: 'code';
  set: CodeSet<C>;
  need: Need;
};
export type CodesMember<C extends string = string> = MemberBase & {
  kind: 'codes';
  set: CodeSet<C>;
  need: Need;
};
/**
 * A string. `text`: free text; `key`: the key of this item; `keyOf`: the key of another item; `id`: an
 * id assigned elsewhere; `zone`: an IANA time zone; `day`: a partial date; `data`: a file in base64;
 * `digest`: its SHA-256.
 */
export type TextMember = MemberBase & {
  kind:
    | 'text'
    | 'key'
    | 'keyOf'
    | 'id'
    | 'uri'
    | 'zone'
    | 'instant'
    | 'day'
    | 'data'
    | 'media'
    | 'digest';
  need: Need;
};
export type UnitMember<U extends string = string> = MemberBase & {
  kind: 'unit';
  units: readonly U[];
  need: Need;
};
/** A set of `keys` of other items of the record, or of `ids` assigned elsewhere. */
export type KeySetMember = MemberBase & { kind: 'keys' | 'ids'; need: Need };
export type DateMember = MemberBase & { kind: 'date'; need: Need };
/** `unit` is the fixed UCUM unit of the member, if it has one. */
export type NumberMember = MemberBase & { kind: 'number'; need: Need; unit?: string };
/** A whole number, never a range. */
export type CountMember = MemberBase & { kind: 'count'; need: Need };
/** Clinic-specific data: scalars by URI. */
export type LocalMember = MemberBase & { kind: 'local'; need: Need };
export type Leaf =
  | CodeMember
  | CodesMember
  | TextMember
  | UnitMember
  | KeySetMember
  | DateMember
  | NumberMember
  | CountMember
  | LocalMember;

/** An object. `general`: it also allows the general members (`asWritten`, `absent` …). */
export interface Group extends MemberBase {
  readonly kind: 'group';
  readonly need: Need;
  readonly members: Members;
  readonly general: boolean;
  readonly rules: GroupRules;
}

/** A list of objects; `by` is the member that identifies an entry, without it the list is a set. */
export interface List extends MemberBase {
  readonly kind: 'list';
  readonly need: Need;
  readonly of: Group;
  readonly by?: string;
}

export type Member = Leaf | Group | List;
export interface Members {
  readonly [name: string]: Member;
}

/** A group with the types of its members, from which `ValueOf` derives the type of its value. */
export type GroupOf<M> = Omit<Group, 'members' | 'need' | 'general'> & {
  members: M;
  need: 'optional';
  general: boolean;
};

/** Limits of a number, or of both ends of a range, that depend on another member. */
export interface Bounds {
  readonly member: string;
  readonly from: number;
  readonly to: number;
  /** The limits apply only if this member has this value. */
  readonly while?: readonly [member: string, value: string];
  /** The limits apply unless this member has this value. */
  readonly unless?: readonly [member: string, value: string];
}

/** Rules across the members of one object, checked when the record is read. */
export interface GroupRules {
  /** Of each set of members exactly one is present, as a value or as wording. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Of each set of members at least one is present, as a value or as wording. */
  readonly atLeastOne?: readonly (readonly string[])[];
  /** Pairs of instants: the first is not later than the second. */
  readonly inOrder?: readonly (readonly [string, string])[];
  /** Limits of numbers. */
  readonly within?: readonly Bounds[];
}

/** General members: allowed on any object of the record in addition to its own. */
export interface General {
  readonly text?: string;
  readonly asWritten?: Readonly<Record<string, string>>;
  readonly absent?: Readonly<Record<string, AbsentReason>>;
  readonly saidBy?: InformationSource;
  readonly saidByText?: string;
  readonly askedAt?: string;
  readonly complaintKeys?: readonly string[];
  readonly baseline?: string | { readonly recordId: string; readonly key: string };
}

/** Why a member has no value. */
export const absentReasons = codeSet('absent-reason', 'Reason why a value is missing', [
  'unknown',
  'not-asked',
  'declined',
  'not-tested',
  'not-applicable',
  'pending',
]);
export type AbsentReason = (typeof absentReasons.codes)[number];

/** The source of an item of information. */
export const informationSources = codeSet('said-by', 'Source of the information', [
  'patient',
  'proxy',
  'chart',
  'clinician',
  'other',
]);
export type InformationSource = (typeof informationSources.codes)[number];

/** The type of a member's value in a record. */
export type ValueOf<M> = M extends { kind: 'group'; members: infer G; general: infer B }
  ? B extends true
    ? GroupValue<G> & Omit<General, keyof G>
    : GroupValue<G>
  : M extends { kind: 'list'; of: infer G }
    ? readonly ValueOf<G>[]
    : LeafValue<M>;

type LeafValue<M> = M extends { kind: 'code'; set: CodeSet<infer C> }
  ? C
  : M extends { kind: 'codes'; set: CodeSet<infer C> }
    ? readonly C[]
    : M extends { kind: 'unit'; units: readonly (infer U)[] }
      ? U
      : M extends { kind: 'keys' | 'ids' }
        ? readonly string[]
        : M extends { kind: 'date' }
          ? DateValue
          : M extends { kind: 'number' }
            ? NumberValue
            : M extends { kind: 'count' }
              ? number
              : M extends { kind: 'local' }
                ? Readonly<Record<string, string | number | boolean>>
                : string;

type GroupValue<G> = {
  readonly [K in keyof G as G[K] extends { need: 'required' } ? K : never]: ValueOf<G[K]>;
} & {
  readonly [K in keyof G as G[K] extends { need: 'required' } ? never : K]?: ValueOf<G[K]>;
};
