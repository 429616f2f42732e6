// Findings in words, the first thing a clinician must see: what, how strong, where, until when.
import type { Finding } from '../ims/findings.ts';
import type { Group } from '../ims/members.ts';
import type { ImsRecord } from '../ims/record.ts';
import { record as definition } from '../ims/record.ts';
import { sayCode, saySite } from './words.ts';

const CLASS = {
  absolute: 'CONTRAINDICATION',
  relative: 'Precaution',
  ask: 'To be decided',
} as const;
const ORDER = { absolute: 0, relative: 1, ask: 2 } as const;

/** One line a finding, contraindications first. */
export function sayFindings(findings: readonly Finding[], record: ImsRecord): string[] {
  return [...findings]
    .sort((a, b) => ORDER[a.class] - ORDER[b.class] || (a.item < b.item ? -1 : 1))
    .map((finding) => sayFinding(finding, record));
}

/** "CONTRAINDICATION, whole session: Pregnancy (yes; pregnant). Decided: exclude." */
export function sayFinding(finding: Finding, record: ImsRecord): string {
  const item = record.screening?.[finding.member as keyof ImsRecord['screening'] & string] as
    | Record<string, unknown>
    | undefined;
  const details = item === undefined ? '' : sayDetails(item);
  const until =
    finding.earliestDate === undefined ? '' : ` Needling allowed from ${finding.earliestDate}.`;
  const decision = typeof item?.decision === 'string' ? ` Decided: ${lower(item.decision)}.` : '';
  const rationale = typeof item?.rationale === 'string' ? ` Because: ${item.rationale}` : '';
  const label = labelOf(finding);
  return `${CLASS[finding.class]}, ${sayScope(finding, record)}: ${label}${details}.${until}${decision}${rationale}`;
}

/** What a finding is called: the label of its screening item. */
export function labelOf({ item, member }: Finding): string {
  if (item === 'C07') return definition.members.screening.members.surgeryDirect.label;
  if (item === 'C08') return definition.members.screening.members.surgeryAdjacent.label;
  const known = definition.members.screening.members as Record<string, Group>;
  return known[member]?.label ?? item;
}

function sayScope({ scope, siteKeys }: Finding, record: ImsRecord): string {
  if (scope === 'session') return 'whole session';
  if (scope === 'current') return 'electrical stimulation';
  const places = (siteKeys ?? []).map((key) => placeOf(key, record));
  return places.length === 0 ? 'site' : `site ${places.join(' and ')}`;
}

function placeOf(key: string, { session, assessment }: ImsRecord): string {
  const known = [
    ...(session?.sites ?? []),
    ...(session?.sitesNotNeedled ?? []),
    ...(assessment?.sites ?? []),
  ];
  const site = known.find((one) => one.key === key);
  return site === undefined ? key : saySite({ ...site, segments: undefined, text: undefined });
}

function sayDetails(item: Record<string, unknown>): string {
  const said = ['answer', 'status', 'severity', 'form', 'control', 'condition'].flatMap((name) =>
    typeof item[name] === 'string' ? [lower(item[name])] : [],
  );
  return said.length === 0 ? '' : ` (${said.join('; ')})`;
}

function lower(code: string): string {
  return sayCode(code).toLowerCase();
}
