// How one screening item becomes findings. What a "yes" with its details means is each rule's own;
// what the other answers mean is the same for all and stands here once.
import type { Answer } from '../../ims/codes/general.ts';
import type { Finding, FindingClass, FindingScope } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Screening } from '../../ims/schema/screening.ts';
import type { Policy } from '../policy.ts';

/** One row of the screening: its answer in a record and what follows from it. */
export interface Rule {
  /** Row of the data dictionary. */
  readonly item: string;
  /** The member of the screening, or of the site, that holds it. */
  readonly member: string;
  /** True where it finds about sites and never about the whole session. */
  readonly isOfSites: boolean;
  /** The answer that counts; undefined where the record gives none. */
  answer(record: ImsRecord, policy: Policy): Answer | undefined;
  evaluate(record: ImsRecord, policy: Policy): readonly Finding[];
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
export type ClassByScope = Readonly<Partial<Record<FindingScope, FindingClass>>>;

/** What makes one item's rule. `source` says in plain words where its classes come from. */
export interface ItemRule<M extends ItemName> {
  readonly item: string;
  readonly member: M;
  /** Every scope the item may find in. */
  readonly scopes: readonly FindingScope[];
  readonly source: string;
  /** The class that a "yes" with these details has; {} where it is no finding. */
  readonly whenYes: (details: Details<M>) => ClassByScope;
  /** Questions of which each alone makes the item a "yes", or leaves it open. */
  readonly parts?: (details: Details<M>) => readonly (Answer | undefined)[];
  /** The sites a finding about sites bars; those the item applies to where it does not say. */
  readonly siteKeys?: (details: Details<M>) => readonly string[] | undefined;
}

/** The scopes a judgement names, in its order. */
export function scopesOf(judged: ClassByScope): readonly FindingScope[] {
  return Object.keys(judged) as FindingScope[];
}

/** The rule of an item that is answered for itself. */
export function itemRule<M extends ItemName>(rule: ItemRule<M>): Rule {
  const { item, member, scopes, source } = rule;
  const barred = rule.siteKeys ?? (({ appliesTo }: Item) => appliesTo);
  return {
    item,
    member,
    isOfSites: !scopes.includes('session'),
    answer: (record) => {
      const given = itemOf(record, member);
      return given && answerOf(rule, given);
    },
    evaluate: (record) => {
      const given = itemOf(record, member);
      if (given === undefined) return [];
      const judged = judge(rule, given);
      return scopes.flatMap((scope): Finding[] => {
        const strength = judged[scope];
        if (strength === undefined) return [];
        const siteKeys = scope === 'site' ? barred(given) : undefined;
        const sites = siteKeys === undefined ? {} : { siteKeys };
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
function judge<M extends ItemName>(rule: ItemRule<M>, given: Details<M>): ClassByScope {
  const answer = answerOf(rule, given);
  if (answer === 'yes') return rule.whenYes(given);
  if (!isUnsure(answer)) return {};
  return Object.fromEntries(rule.scopes.map((scope) => [scope, 'ask']));
}

/**
 * The item's own answer, unless one of its parts outweighs it: a "yes", then an open one. An item
 * that was not asked, or cannot arise, stays so.
 */
function answerOf<M extends ItemName>(rule: ItemRule<M>, given: Details<M>): Answer | undefined {
  const { answer } = given;
  if (answer !== 'no' && !isUnsure(answer)) return answer;
  const parts = rule.parts?.(given) ?? [];
  if (parts.includes('yes')) return 'yes';
  return [answer, ...parts].find(isUnsure) ?? answer;
}

/** True for an answer that leaves the question open though it was put. */
export function isUnsure(answer: Answer | undefined): boolean {
  return answer === 'unknown' || answer === 'declined';
}
