// What a withdrawal leaves of a consent. A substitute's consent outlives the patient's "no", a consent
// given again later outlives an earlier one, and of named sites only those go.
import type { Consent as FhirConsent } from '@medplum/fhirtypes';
import type { Consent } from '../schema/consent.ts';
import type { ImsRecord } from '../schema/record.ts';

export type Refusal = NonNullable<ImsRecord['refusals']>[number];
type Place = NonNullable<Consent['sites']>[number];

/** A consent as it stands now: what is left of it, and the withdrawals that made it so. */
export interface ConsentInForce {
  readonly status: FhirConsent['status'];
  readonly sites: readonly Place[] | undefined;
  readonly taken: readonly Refusal[];
}

/** What is left of a consent once `refused` is taken off. */
export function consentInForce(one: Consent, refused: readonly Refusal[]): ConsentInForce {
  if (one.given !== 'yes') return { status: neverGiven(one), sites: one.sites, taken: [] };
  const taken = refused.filter((back) => concerns(back, one));
  const gone = taken.filter(isOfSites).flatMap(({ sites = [] }) => sites);
  const left = one.sites?.filter((site) => !gone.some((place) => holds(place, site)));
  const isWithdrawn = taken.some((back) => !isOfSites(back)) || left?.length === 0;
  return isWithdrawn
    ? { status: 'inactive', sites: one.sites, taken }
    : { status: 'active', sites: left, taken };
}

/** True where a withdrawal takes back a consent, or a part of it. */
export function concerns({ what, byWhom, at }: Refusal, one: Consent): boolean {
  if (what !== 'consent-withdrawn' || one.given !== 'yes') return false;
  const isSamePerson = byWhom === undefined || one.by === undefined || byWhom.includes(one.by);
  return isSamePerson && !(at !== undefined && isGivenAfter(one, at));
}

function neverGiven({ given }: Consent): FhirConsent['status'] {
  return given === 'no' || given === 'declined' ? 'rejected' : 'proposed';
}

/** Named sites, in the scope or by being listed; a withdrawal that names none is of everything. */
function isOfSites({ scope, sites = [] }: Refusal): boolean {
  return scope === 'sites-named' || (scope === undefined && sites.length > 0);
}

/** True for a site in a place that was taken out; without a side both sides were. */
function holds(place: Place, site: Place): boolean {
  const name = place.muscle ?? place.region;
  if (name === undefined || name === 'other' || name !== (site.muscle ?? site.region)) return false;
  return place.side === undefined || place.side === site.side;
}

function isGivenAfter({ givenAt, givenDate }: Consent, at: string): boolean {
  if (givenAt !== undefined) return Date.parse(givenAt) > Date.parse(at);
  const date = typeof givenDate === 'object' ? givenDate.date : givenDate;
  return date !== undefined && date > at.slice(0, 10);
}
