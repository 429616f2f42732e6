// A consent after withdrawals. A withdrawal ends only consents of the same person that were given
// before it; one of named sites removes only those sites.
import type { Consent as FhirConsent } from '@medplum/fhirtypes';
import type { Consent } from '../schema/consent.ts';
import type { ImsRecord } from '../schema/record.ts';
import { civilDate, firstDayOf } from './dates.ts';

export type Refusal = NonNullable<ImsRecord['refusals']>[number];
type Clinic = ImsRecord['clinic'];
type BodySite = NonNullable<Consent['sites']>[number];

/** The present state of a consent, and the withdrawals that led to it. */
export interface ConsentInForce {
  readonly status: FhirConsent['status'];
  /** The sites that are still consented to; all sites of a consent that has ended. */
  readonly sites: readonly BodySite[] | undefined;
  readonly withdrawals: readonly Refusal[];
}

/** The state of a consent after `refusals`; `clinic` is that of the record with the consent. */
export function consentInForce(
  consent: Consent,
  refusals: readonly Refusal[],
  clinic: Clinic,
): ConsentInForce {
  const { given, sites } = consent;
  if (given !== 'yes') return { status: statusWhenNotGiven(consent), sites, withdrawals: [] };
  const withdrawals = refusals.filter((refusal) => isWithdrawalOf(refusal, consent, clinic));
  const withdrawn = withdrawals.filter(isOfNamedSites).flatMap(({ sites = [] }) => sites);
  const left = sites?.filter((site) => !withdrawn.some((area) => includesSite(area, site)));
  const hasEnded = withdrawals.some((one) => !isOfNamedSites(one)) || left?.length === 0;
  return hasEnded
    ? { status: 'inactive', sites, withdrawals }
    : { status: 'active', sites: left, withdrawals };
}

/** True for a withdrawal of `consent` or of some of its sites. */
export function isWithdrawalOf(
  { what, byWhom, at }: Refusal,
  consent: Consent,
  clinic: Clinic,
): boolean {
  const { given, by } = consent;
  if (what !== 'consent-withdrawn' || given !== 'yes') return false;
  const isSamePerson = byWhom === undefined || by === undefined || byWhom.includes(by);
  return isSamePerson && !(at !== undefined && isConsentGivenAfter(consent, at, clinic));
}

/**
 * True for a consent certainly given after the instant `at`. A consent known by its date alone is
 * later only if its first possible day is after the day of `at` in the clinic's time zone; without a
 * clinic, the day that `at` itself shows.
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

/** True for a refusal of named sites only; one that lists no site is of everything. */
export function isOfNamedSites({ scope, sites = [] }: Refusal): boolean {
  return scope === 'sites-named' || (scope === undefined && sites.length > 0);
}

/** True where `area` includes `site`; an area without a side means both sides. */
function includesSite(area: BodySite, site: BodySite): boolean {
  const name = area.muscle ?? area.region;
  if (name === undefined || name === 'other' || name !== (site.muscle ?? site.region)) return false;
  return area.side === undefined || area.side === site.side;
}
