// Settings of the clinical rules for a clinic and its jurisdictions. Rules only warn, and a rule that needs
// a setting reports nothing without it.
import type { RuleSettings } from '../config.ts';
import { AdapterError, errorIssue, type Issue } from '../errors.ts';
import type { CodeSet } from '../ims/codes/code-set.ts';
import { type Payer, type Profession, payers, professions } from '../ims/codes/history.ts';
import { type Muscle, muscles } from '../ims/codes/muscles.ts';
import type { ImsRecord } from '../ims/schema/record.ts';

/** The settings of the rules. Jurisdictions are ISO 3166 codes: `CA-BC`. */
export interface Policy {
  /** The clinic's own jurisdiction, used where no practitioner's credential has one. */
  readonly jurisdiction?: string;
  /** Age of majority in whole years, for jurisdictions that set none. */
  readonly majorityYears: number;
  readonly jurisdictions: Readonly<Record<string, JurisdictionPolicy>>;
  /** Muscles over the chest wall or the apex of the lung; any point along them counts. */
  readonly thoraxMuscles: readonly Muscle[];
  /** Payers that require a referral: rule 8 warns about claims without one. Default: none. */
  readonly referralPayers: readonly Payer[];
}

/** The settings of one jurisdiction. */
export interface JurisdictionPolicy {
  readonly majorityYears?: number;
  /** Professions that may needle there; rule 7 warns about practitioners of other professions. */
  readonly professions?: readonly Profession[];
  /** True where practitioners who needle must be on a roster. */
  readonly roster?: boolean;
}

/** The policy without any setting. */
export const DEFAULT_POLICY: Policy = {
  // Our default: the age of majority in most provinces of Canada.
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
  // No payer is known to require one: public pages on the insurers' terms contradict each other.
  referralPayers: [],
};

/** The policy with an operator's settings. Throws `invalid-config` with an issue for each unknown code. */
export function policyOf(settings: RuleSettings): Policy {
  const issues: Issue[] = [];
  const checked = <C extends string>(set: CodeSet<C>, values: readonly string[], path: string) =>
    values.filter((value, index): value is C => {
      if (set.codes.includes(value as C)) return true;
      issues.push(unknownCode(`${path}/${index}`, set.title));
      return false;
    });
  const { thoraxMuscles, referralPayers, jurisdictions = {}, ...rest } = settings;
  const policy: Policy = {
    ...DEFAULT_POLICY,
    ...rest,
    jurisdictions: mapValues(jurisdictions, ({ professions: codes, ...jurisdiction }, name) => ({
      ...jurisdiction,
      ...(codes && {
        professions: checked(professions, codes, `/rules/jurisdictions/${name}/professions`),
      }),
    })),
    ...(thoraxMuscles && {
      thoraxMuscles: checked(muscles, thoraxMuscles, '/rules/thoraxMuscles'),
    }),
    ...(referralPayers && {
      referralPayers: checked(payers, referralPayers, '/rules/referralPayers'),
    }),
  };
  if (issues.length === 0) return policy;
  throw new AdapterError('invalid-config', 'The settings of the clinical rules are invalid.', {
    issues,
  });
}

function unknownCode(path: string, title: string): Issue {
  const message = `must be a code of "${title}"; the record's JSON Schema lists them`;
  return errorIssue('setting', path, message);
}

function mapValues<V, W>(
  values: Readonly<Record<string, V>>,
  change: (value: V, name: string) => W,
): Record<string, W> {
  const pairs = Object.entries(values).map(([name, value]) => [name, change(value, name)]);
  return Object.fromEntries(pairs);
}

/**
 * The jurisdictions whose rules apply to a visit: those in the credentials of its practitioners, or
 * without these, the jurisdiction of the clinic.
 */
export function jurisdictionsOf(record: ImsRecord, { jurisdiction }: Policy): readonly string[] {
  const named = credentialsAtVisit(record).flatMap((credential) => credential.jurisdiction ?? []);
  if (named.length > 0) return [...new Set(named)];
  return jurisdiction === undefined ? [] : [jurisdiction];
}

/** The age of majority at a visit; with several jurisdictions the highest. */
export function majorityAt(record: ImsRecord, policy: Policy): number {
  const ages = jurisdictionsOf(record, policy).flatMap(
    (name) => policy.jurisdictions[name]?.majorityYears ?? [],
  );
  return ages.length === 0 ? policy.majorityYears : Math.max(...ages);
}

/** The credentials (`assessment.standings`) of the practitioners who took part in the visit. */
export function credentialsAtVisit({ visit, assessment }: ImsRecord) {
  const present = visit?.practitioners ?? [];
  return (assessment?.standings ?? []).filter(({ practitioner }) => present.includes(practitioner));
}
