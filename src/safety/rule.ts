// How one screening item becomes findings. What a "yes" with its details means is each rule's own;
// what the other answers mean is the same for all and stands here once.
import type { Answer } from '../ims/codes.ts';
import type { Finding, FindingClass, FindingScope } from '../ims/findings.ts';
import type { ImsRecord } from '../ims/record.ts';
import type { Screening } from '../ims/screening.ts';

/** One row of the screening: its answer in a record and what follows from it. */
export interface Rule {
  /** Row of the data dictionary. */
  readonly item: string;
  /** The answer that counts; undefined where the record gives none. */
  answer(record: ImsRecord): Answer | undefined;
  evaluate(record: ImsRecord): readonly Finding[];
}

/** Members of the screening that hold an answer of their own. */
export type ItemName = {
  [K in keyof Screening]-?: 'answer' extends keyof NonNullable<Screening[K]> ? K : never;
}[keyof Screening];

/** What every such item may hold beside the details of its row. */
interface Item {
  readonly answer?: Answer;
  readonly appliesTo?: readonly string[];
}
type Details<M extends ItemName> = NonNullable<Screening[M]> & Item;

/** Class by scope; a scope left out has no finding. */
export type Judged = Readonly<Partial<Record<FindingScope, FindingClass>>>;

/** What makes one item's rule. `source` says in plain words where its classes come from. */
export interface ItemRule<M extends ItemName> {
  readonly item: string;
  readonly member: M;
  /** Every scope the item may find in. */
  readonly scopes: readonly FindingScope[];
  readonly source: string;
  /** The class that a "yes" with these details has; {} where it is no finding. */
  readonly whenYes: (details: Details<M>) => Judged;
}

/** The rule of an item that is answered for itself. */
export function itemRule<M extends ItemName>(rule: ItemRule<M>): Rule {
  const { item, member, scopes, source } = rule;
  return {
    item,
    answer: (record) => itemOf(record, member)?.answer,
    evaluate: (record) => {
      const given = itemOf(record, member);
      if (given === undefined) return [];
      const judged = judge(rule, given);
      return scopes.flatMap((scope): Finding[] => {
        const strength = judged[scope];
        if (strength === undefined) return [];
        const { appliesTo: siteKeys } = given;
        const sites = scope !== 'site' || siteKeys === undefined ? {} : { siteKeys };
        return [{ item, member, class: strength, scope, ...sites, source }];
      });
    },
  };
}

function itemOf<M extends ItemName>({ screening }: ImsRecord, member: M) {
  return screening?.[member] as Details<M> | undefined;
}

/**
 * "no" and "not applicable" find nothing; "unknown" and "declined" are to be asked and decided in
 * every scope of the item; an item not asked is unanswered, which is no finding but no "no" either.
 */
function judge<M extends ItemName>({ scopes, whenYes }: ItemRule<M>, given: Details<M>): Judged {
  if (given.answer === 'yes') return whenYes(given);
  if (!isUnsure(given.answer)) return {};
  return Object.fromEntries(scopes.map((scope) => [scope, 'ask']));
}

/** True for an answer that leaves the question open though it was put. */
export function isUnsure(answer: Answer | undefined): boolean {
  return answer === 'unknown' || answer === 'declined';
}
