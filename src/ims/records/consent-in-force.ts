// Applies withdrawals to a consent. A withdrawal ends consents that the same person gave before it. A
// withdrawal for named sites only removes these sites from the consent.
import type { Consent as FhirConsent } from '@medplum/fhirtypes';
import type { Consent } from '../schema/consent.ts';
import type { ImsRecord } from '../schema/record.ts';
import { civilDate, firstDayOf } from './dates.ts';

export type Refusal = NonNullable<ImsRecord['refusals']>[number];
type Clinic = ImsRecord['clinic'];
type BodySite = NonNullable<Consent['sites']>[number];

/** The state of a consent, and the withdrawals that changed it. */
export interface ConsentInForce {
  readonly status: FhirConsent['status'];
  /** The sites without the withdrawn sites; a consent that has ended keeps all sites. */
  readonly sites: readonly BodySite[] | undefined;
  readonly withdrawals: readonly Refusal[];
}

/** The state of a consent after `refusals`; `clinic` belongs to the record with the consent. */
export function consentInForce(
  consent: Consent,
  refusals: readonly Refusal[],
  clinic: Clinic,
): ConsentInForce {
  const { given, sites } = consent;
  if (given !== 'yes') return { status: statusWhenNotGiven(consent), sites, withdrawals: [] };
  const withdrawals = refusals.filter((refusal) => isWithdrawalOf(refusal, consent, clinic));
  const withdrawnSites = withdrawals.filter(isLimitedToSites).flatMap(({ sites = [] }) => sites);
  const remainingSites = sites?.filter(
    (site) => !withdrawnSites.some((withdrawn) => includesSite(withdrawn, site)),
  );
  const hasEnded =
    withdrawals.some((withdrawal) => !isLimitedToSites(withdrawal)) || remainingSites?.length === 0;
  return hasEnded
    ? { status: 'inactive', sites, withdrawals }
    : { status: 'active', sites: remainingSites, withdrawals };
}

/** True for a refusal that withdraws `consent` or some of its sites. */
export function isWithdrawalOf(
  { what, byWhom, at }: Refusal,
  consent: Consent,
  clinic: Clinic,
): boolean {
  const { given, by } = consent;
  if (what !== 'consent-withdrawn' || given !== 'yes') return false;
  const isSamePerson = byWhom === undefined || by === undefined || byWhom.includes(by);
  const isGivenLater = at !== undefined && isConsentGivenAfter(consent, at, clinic);
  return isSamePerson && !isGivenLater;
}

/**
 * True for a consent that was certainly given after the instant `at`. If only the date of the consent
 * is known, its first possible day must be after the day of `at`. That day is taken in the clinic's time
 * zone, or without a clinic from the text of `at`.
 */
export function isConsentGivenAfter(
  { givenAt, givenDate }: Consent,
  at: string,
  clinic: Clinic,
): boolean {
  if (givenAt !== undefined) return Date.parse(givenAt) > Date.parse(at);
  const day = givenDate === undefined ? undefined : firstDayOf(givenDate);
  if (day === undefined) return false;
  return day > (clinic === undefined ? at.slice(0, 10) : civilDate(at, clinic.timeZone));
}

function statusWhenNotGiven({ given }: Consent): FhirConsent['status'] {
  return given === 'no' || given === 'declined' ? 'rejected' : 'proposed';
}

/** True for a refusal that names its sites; any other refusal is of the whole session. */
export function isLimitedToSites({ scope, sites = [] }: Refusal): boolean {
  return scope === 'sites-named' || (scope === undefined && sites.length > 0);
}

/** True where `site` is part of `area`. An area without a side includes both sides. */
function includesSite(area: BodySite, site: BodySite): boolean {
  const name = area.muscle ?? area.region;
  if (name === undefined || name === 'other' || name !== (site.muscle ?? site.region)) return false;
  return area.side === undefined || area.side === site.side;
}
