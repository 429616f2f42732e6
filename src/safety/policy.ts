// What a clinic or its jurisdiction may set of the rules. Every default is harmless: nobody is
// refused, and a rule that nothing is set for tells nothing.
import type { RuleSettings } from '../config.ts';
import { AdapterError, errorIssue, type Issue } from '../errors.ts';
import type { CodeSet } from '../ims/codes/code-set.ts';
import { type Payer, type Profession, payers, professions } from '../ims/codes/history.ts';
import { type Muscle, muscles } from '../ims/codes/muscles.ts';
import type { ImsRecord } from '../ims/schema/record.ts';

/** The settings of the rules. Jurisdictions are ISO 3166 codes: `CA-BC`. */
export interface Policy {
  /** Where the clinic is, for records in which no practitioner's standing names a jurisdiction. */
  readonly jurisdiction?: string;
  /** Age at which a patient is no child any more, in whole years, where no jurisdiction says. */
  readonly majorityYears: number;
  readonly jurisdictions: Readonly<Record<string, JurisdictionPolicy>>;
  /** Muscles over the chest wall or the apex of the lung, wherever along them the needle is. */
  readonly thoraxMuscles: readonly Muscle[];
  /** Payers whose claims are told where the chart has no referral; none unless set. */
  readonly referralPayers: readonly Payer[];
}

/** What is set for one jurisdiction. */
export interface JurisdictionPolicy {
  readonly majorityYears?: number;
  /** Professions that needle there; whoever has none of them is told of, never refused. */
  readonly professions?: readonly Profession[];
  /** True where whoever needles is to be on a roster. */
  readonly roster?: boolean;
}

/** The rules as they are without any setting. */
export const DEFAULT_POLICY: Policy = {
  // The age of majority of most of Canada's provinces; a default of ours.
  majorityYears: 18,
  jurisdictions: {},
  // No source lists the muscles over the thorax; this list is ours.
  thoraxMuscles: [
    ...(['trapezius', 'trapezius-upper', 'trapezius-middle', 'trapezius-lower'] as const),
    ...(['levator-scapulae', 'rhomboids', 'rhomboid-major', 'rhomboid-minor'] as const),
    ...(['rhomboideus-cervicis', 'latissimus-dorsi', 'serratus-anterior'] as const),
    ...(['pectoralis-major', 'pectoralis-major-clavicular', 'pectoralis-minor'] as const),
    ...(['external-intercostal', 'internal-intercostal', 'subcostal', 'levator-costae'] as const),
    ...(['chest-wall-muscle', 'thoracic-paraspinal-muscles', 'interspinalis-thoracis'] as const),
    ...(['scalenes', 'scalenus-anterior', 'scalenus-medius', 'scalenus-posterior'] as const),
    ...(['supraspinatus', 'infraspinatus', 'subscapularis'] as const),
  ],
  // No payer is known to ask for one: public pages on the insurers' terms contradict each other.
  referralPayers: [],
};

/** The rules with what an operator sets. Throws AdapterError `invalid-config` with every fault. */
export function policyOf(settings: RuleSettings): Policy {
  const issues: Issue[] = [];
  const known = <C extends string>(set: CodeSet<C>, given: readonly string[], path: string) =>
    given.filter((value, index): value is C => {
      if (set.codes.includes(value as C)) return true;
      issues.push(fault(`${path}/${index}`, set.title));
      return false;
    });
  const { thoraxMuscles, referralPayers, jurisdictions = {}, ...rest } = settings;
  const policy: Policy = {
    ...DEFAULT_POLICY,
    ...rest,
    jurisdictions: mapValues(jurisdictions, ({ professions: named, ...one }, name) => ({
      ...one,
      ...(named && {
        professions: known(professions, named, `/rules/jurisdictions/${name}/professions`),
      }),
    })),
    ...(thoraxMuscles && {
      thoraxMuscles: known(muscles, thoraxMuscles, '/rules/thoraxMuscles'),
    }),
    ...(referralPayers && {
      referralPayers: known(payers, referralPayers, '/rules/referralPayers'),
    }),
  };
  if (issues.length === 0) return policy;
  throw new AdapterError('invalid-config', 'The settings of the rules are faulty.', { issues });
}

function fault(path: string, title: string): Issue {
  const message = `is no code of "${title}"; the record's JSON Schema lists them`;
  return errorIssue('setting', path, message);
}

function mapValues<V, W>(
  given: Readonly<Record<string, V>>,
  change: (value: V, name: string) => W,
): Record<string, W> {
  const pairs = Object.entries(given).map(([name, value]) => [name, change(value, name)]);
  return Object.fromEntries(pairs);
}

/**
 * Where a visit was, as far as its rules go: the jurisdictions that the standings of its
 * practitioners name, else the clinic's own.
 */
export function jurisdictionsOf(record: ImsRecord, { jurisdiction }: Policy): readonly string[] {
  const named = standingsOf(record).flatMap((standing) => standing.jurisdiction ?? []);
  if (named.length > 0) return [...new Set(named)];
  return jurisdiction === undefined ? [] : [jurisdiction];
}

/** The age of majority at a visit; of several jurisdictions the highest. */
export function majorityAt(record: ImsRecord, policy: Policy): number {
  const set = jurisdictionsOf(record, policy).flatMap(
    (name) => policy.jurisdictions[name]?.majorityYears ?? [],
  );
  return set.length === 0 ? policy.majorityYears : Math.max(...set);
}

/** The standings of those who took part in the visit. */
export function standingsOf({ visit, assessment }: ImsRecord) {
  const there = visit?.practitioners ?? [];
  return (assessment?.standings ?? []).filter(({ practitioner }) => there.includes(practitioner));
}
