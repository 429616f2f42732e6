// The one definition: a record is a tree of members, each with its label, dictionary id, kind and
// zod schema. Validation, JSON Schema, Questionnaires, walkers, the mapping table and the tests'
// generators are all read off this tree. Knows nothing of FHIR.
import type { z } from 'zod';
import { type CodeSet, codeSet } from '../codes/code-set.ts';

/**
 * How badly a member is needed: `must` stands always (keys, ids, status); `words` stands always, but
 * the chart's own words alone will do; `may` is free to be missing.
 */
export type Need = 'must' | 'words' | 'may';

/** An object of a record: its members by name, not yet of any type. */
export type ObjectValues = Readonly<Record<string, unknown>>;

/** A date known as far as the chart says: a partial date, or words with an optional date beside. */
export type DateValue =
  | string
  | { readonly dateText: string; readonly date?: string; readonly latestDate?: string };

/** A number, or a range where the chart gives one; either end may be missing ("over 10"). */
export type NumberValue = number | { readonly low?: number; readonly high?: number };

/**
 * What may be set beside a label. `id` is the row of the data dictionary; `also` are further rows that
 * the same member holds, each with its meaning.
 */
export interface MemberOptions {
  readonly id?: string;
  readonly also?: Readonly<Record<string, string>>;
}

/** What every member has. */
export interface MemberBase {
  readonly label: string;
  readonly id?: string;
  readonly also?: Readonly<Record<string, string>>;
  readonly schema: z.ZodType;
}

export type Code<C extends string = string> = MemberBase & {
  kind: 'code';
  set: CodeSet<C>;
  need: Need;
};
export type Codes<C extends string = string> = MemberBase & {
  kind: 'codes';
  set: CodeSet<C>;
  need: Need;
};
/**
 * `text` free words; `key` names this item, `keyOf` another one; `id`, `uri`, `zone` outside names;
 * `day` a plain partial date; `unit` one of `units`, UCUM; `data` a file's bytes, `digest` their SHA-256.
 */
export type Words = MemberBase & {
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
/** Sets of names: `keys` of other items of the record, `ids` given outside. */
export type Names = MemberBase & { kind: 'keys' | 'ids'; need: Need };
export type DateMember = MemberBase & { kind: 'date'; need: Need };
/** `unit` is the UCUM code fixed for the member; without one the number is a plain decimal. */
export type NumberMember = MemberBase & { kind: 'number'; need: Need; unit?: string };
/** A plain whole number of the envelope, never a range. */
export type CountMember = MemberBase & { kind: 'count'; need: Need };
/** A clinic's own extras: scalars by URI. */
export type LocalMember = MemberBase & { kind: 'local'; need: Need };
export type Leaf =
  | Code
  | Codes
  | Words
  | UnitMember
  | Names
  | DateMember
  | NumberMember
  | CountMember
  | LocalMember;

/** An object. `general`: the members every object may carry apply (words as written, absence …). */
export interface Group extends MemberBase {
  readonly kind: 'group';
  readonly need: Need;
  readonly members: Members;
  readonly general: boolean;
  readonly rules: GroupRules;
}

/** Entries of one shape; `by` names an entry, without it the list is a set of values. */
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

/** A group as built: its members by name, so that the value's type can be read off. */
export type GroupOf<M> = Omit<Group, 'members' | 'need' | 'general'> & {
  members: M;
  need: 'may';
  general: boolean;
};

/** Bounds of a number, or of both ends of a range, that depend on another member. */
export interface Bounds {
  readonly member: string;
  readonly from: number;
  readonly to: number;
  /** They hold only while this member has this value. */
  readonly while?: readonly [member: string, value: string];
  /** They hold unless this member has this value. */
  readonly unless?: readonly [member: string, value: string];
}

/** Rules of form across the members of one object; checked when the record is read. */
export interface GroupRules {
  /** Of each listed set of members exactly one stands (its words alone will do). */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Of each listed set of members at least one stands (its words alone will do). */
  readonly atLeastOne?: readonly (readonly string[])[];
  /** Pairs of instants that may not be in the wrong order. */
  readonly inOrder?: readonly (readonly [string, string])[];
  /** Numbers with bounds that hold where another member has a value, or has not. */
  readonly within?: readonly Bounds[];
}

/** Members any object of the record may carry beside its own. */
export interface General {
  readonly text?: string;
  readonly asWritten?: Readonly<Record<string, string>>;
  readonly absent?: Readonly<Record<string, AbsentReason>>;
  readonly saidBy?: SaidBy;
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

/** Who or what said it. */
export const sayers = codeSet('said-by', 'Who or what said it', [
  'patient',
  'proxy',
  'chart',
  'clinician',
  'other',
]);
export type SaidBy = (typeof sayers.codes)[number];

/** The value a member holds in a record. */
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
  readonly [K in keyof G as G[K] extends { need: 'must' } ? K : never]: ValueOf<G[K]>;
} & {
  readonly [K in keyof G as G[K] extends { need: 'must' } ? never : K]?: ValueOf<G[K]>;
};
