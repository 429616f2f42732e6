// Turns the answer to one screening item into findings. Each rule says what a "yes" with its details
// means; what the other answers mean is the same for every item and is defined here.
import { defined } from '../../defined.ts';
import type { Answer } from '../../ims/codes/general.ts';
import type { Finding, FindingClass, FindingScope } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { Screening } from '../../ims/schema/screening.ts';
import type { Policy } from '../policy.ts';

/** The rule of one screening item: its answer in a record, and the findings that follow from it. */
export interface ScreeningRule {
  /** Row of the data dictionary: `C01` … */
  readonly item: string;
  /** The member of the screening, or of the site, that contains the item. */
  readonly member: string;
  /** True where findings are about sites and never about the whole session. */
  readonly isSiteOnly: boolean;
  /** The answer that counts; undefined where the record gives none. */
  answer(record: ImsRecord, policy: Policy): Answer | undefined;
  evaluate(record: ImsRecord, policy: Policy): readonly Finding[];
}

/** Members of the screening that have an answer. */
export type ItemName = {
  [K in keyof Screening]-?: 'answer' extends keyof NonNullable<Screening[K]> ? K : never;
}[keyof Screening];

/** Members that every such item may have beside the details of its row. */
interface Item {
  readonly answer?: Answer;
  readonly appliesTo?: readonly string[];
}
type Details<M extends ItemName> = NonNullable<Screening[M]> & Item;

/** Class by scope; a scope left out has no finding. */
export type ClassByScope = Readonly<Partial<Record<FindingScope, FindingClass>>>;

/** What distinguishes the rule of one item. `source` says in plain words where its classes come from. */
export interface ItemDefinition<M extends ItemName> {
  readonly item: string;
  readonly member: M;
  /** Every scope in which the item may have a finding, in the order of the findings. */
  readonly scopes: readonly FindingScope[];
  readonly source: string;
  /** The classes of a "yes" with these details; {} where it has no finding. */
  readonly whenYes: (details: Details<M>) => ClassByScope;
  /** Answers to sub-questions: one "yes" makes the item a "yes", one open answer leaves it open. */
  readonly subAnswers?: (details: Details<M>) => readonly (Answer | undefined)[];
  /** The sites that a finding of scope `site` is about; by default those the item applies to. */
  readonly siteKeys?: (details: Details<M>) => readonly string[] | undefined;
}

/** The scopes that have a class, in their order. */
export function scopesOf(classes: ClassByScope): readonly FindingScope[] {
  return Object.keys(classes) as FindingScope[];
}

/** The rule of an item with an answer in the screening. */
export function itemRule<M extends ItemName>(definition: ItemDefinition<M>): ScreeningRule {
  const { item, member, scopes, source } = definition;
  const siteKeysOf = definition.siteKeys ?? (({ appliesTo }: Item) => appliesTo);
  return {
    item,
    member,
    isSiteOnly: !scopes.includes('session'),
    answer: (record) => {
      const details = detailsOf(record, member);
      return details && answerOf(definition, details);
    },
    evaluate: (record) => {
      const details = detailsOf(record, member);
      if (details === undefined) return [];
      const classes = classesOf(definition, details);
      return scopes.flatMap((scope): Finding[] => {
        const findingClass = classes[scope];
        if (findingClass === undefined) return [];
        const siteKeys = scope === 'site' ? siteKeysOf(details) : undefined;
        return [{ item, member, class: findingClass, scope, ...defined({ siteKeys }), source }];
      });
    },
  };
}

function detailsOf<M extends ItemName>({ screening }: ImsRecord, member: M) {
  return screening?.[member] as Details<M> | undefined;
}

/**
 * "no" and "not applicable" have no finding. "unknown" and "declined" have the class `ask` in every
 * scope of the item. An item that was not asked has no finding, but does not count as "no" either.
 */
function classesOf<M extends ItemName>(
  definition: ItemDefinition<M>,
  details: Details<M>,
): ClassByScope {
  const answer = answerOf(definition, details);
  if (answer === 'yes') return definition.whenYes(details);
  if (!isUnsure(answer)) return {};
  return Object.fromEntries(definition.scopes.map((scope) => [scope, 'ask']));
}

/**
 * The item's own answer, unless a sub-answer overrides it: first a "yes", then an open one. Nothing
 * overrides "not asked" and "not applicable".
 */
function answerOf<M extends ItemName>(
  definition: ItemDefinition<M>,
  details: Details<M>,
): Answer | undefined {
  const { answer } = details;
  if (answer !== 'no' && !isUnsure(answer)) return answer;
  const subAnswers = definition.subAnswers?.(details) ?? [];
  if (subAnswers.includes('yes')) return 'yes';
  return [answer, ...subAnswers].find(isUnsure) ?? answer;
}

/** True for an answer that leaves the question open although it was asked. */
export function isUnsure(answer: Answer | undefined): boolean {
  return answer === 'unknown' || answer === 'declined';
}
