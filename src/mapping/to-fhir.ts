// A record -> FHIR resources. Pure: no clock, no randomness, no I/O, so the same record always gives the
// same bytes. What FHIR or our profiles cannot represent is a declared loss.
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes';
import { insertNotice, isScreeningUnknown, SCREENING_UNKNOWN } from '../chart/notices.ts';
import { RECORD_SYSTEM } from '../fhir/canonical.ts';
import type { Assessed } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { type Context, contextOf, type MappedResource } from './context.ts';
import { fullUrlOf } from './identity.ts';
import { type Loss, lossesOf } from './losses.ts';
import { observationsToFhir } from './observations/assessment.ts';
import { reactionsToFhir } from './observations/reactions.ts';
import { screeningToFhir } from './observations/screening.ts';
import { adverseEventsToFhir } from './resources/adverse-event.ts';
import { carePlanToFhir } from './resources/care-plan.ts';
import { complicationsToFhir } from './resources/complication.ts';
import { conditionsToFhir } from './resources/condition.ts';
import { consentsToFhir } from './resources/consent.ts';
import { detectedIssuesToFhir } from './resources/detected-issue.ts';
import { filesToFhir } from './resources/document-reference.ts';
import { encounterToFhir } from './resources/encounter.ts';
import { flagsToFhir } from './resources/flag.ts';
import { goalsToFhir } from './resources/goal.ts';
import { patientToFhir } from './resources/patient.ts';
import { procedureToFhir } from './resources/procedure.ts';
import { provenanceToFhir } from './resources/provenance.ts';
import { responsesToFhir } from './resources/questionnaire-response.ts';
import { referralToFhir } from './resources/referral.ts';
import { staffToFhir } from './resources/staff.ts';

/** A record as FHIR resources, in the order they are written, and its losses. */
export interface Mapped {
  readonly resources: readonly MappedResource[];
  readonly losses: readonly Loss[];
}

/**
 * Maps a record with its clinical findings. `others` are active records of the same patient that share
 * resources with it; what earlier ones contributed is kept in those resources.
 */
export function toFhir(
  record: ImsRecord,
  assessed: Assessed,
  others: readonly ImsRecord[] = [],
): Mapped {
  const context = contextOf(record, assessed, others);
  const resources = [
    ...staffToFhir(context),
    patientToFhir(context),
    encounterToFhir(context),
    ...conditionsToFhir(context),
    ...goalsToFhir(context),
    ...referralToFhir(context),
    ...carePlanToFhir(context),
    ...responsesToFhir(context),
    ...screeningToFhir(context),
    ...flagsToFhir(context),
    ...consentsToFhir(context),
    ...complicationsToFhir(context),
    ...procedureToFhir(context),
    ...detectedIssuesToFhir(context),
    ...observationsToFhir(context),
    ...adverseEventsToFhir(context),
    ...reactionsToFhir(context),
    ...filesToFhir(context),
  ];
  const all = [...resources, provenanceToFhir(context, resources)];
  return {
    resources: isScreeningUnknown(record)
      ? all.map((mapped) => withScreeningNotice(mapped, record))
      : all,
    losses: lossesOf(record),
  };
}

/** The resources of a record that other records may share, without the rest of the record. */
export function sharedToFhir(context: Context): MappedResource[] {
  return [
    ...conditionsToFhir(context),
    ...goalsToFhir(context),
    ...referralToFhir(context),
    ...carePlanToFhir(context),
    ...flagsToFhir(context),
    ...consentsToFhir(context),
    ...complicationsToFhir(context),
    ...adverseEventsToFhir(context),
  ];
}

/** Adds to the narrative that no screening was recorded; only a notice about the status precedes it. */
function withScreeningNotice(mapped: MappedResource, { status }: ImsRecord): MappedResource {
  if (mapped.scope !== 'visit') return mapped;
  const { text } = mapped.resource as { text?: { status: string; div: string } };
  if (text === undefined) return mapped;
  const position = status === 'draft' || status === 'entered-in-error' ? 'second' : 'first';
  const div = insertNotice(text.div, SCREENING_UNKNOWN, position);
  return { ...mapped, resource: { ...mapped.resource, text: { ...text, div } } as Resource };
}

/** Types that R4 cannot search by identifier: they are found by our tag. */
export const FOUND_BY_TAG: ReadonlySet<string> = new Set(['AdverseEvent', 'Provenance']);

/** The transaction that writes the resources, conditional on our identifiers and tags. */
export function toTransaction({ resources }: Mapped): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.filter(({ onlyIfExists }) => onlyIfExists !== true).map(toEntry),
  };
}

const OWN_SYSTEM = encodeURIComponent(`${RECORD_SYSTEM}|`);

/** A transaction entry. Patients, staff, clinics and Provenance are only created; others are updated. */
export function toEntry({ resource, value, scope }: MappedResource): BundleEntry {
  const type = resource.resourceType;
  const parameter = FOUND_BY_TAG.has(type) ? '_tag' : 'identifier';
  const query = `${parameter}=${OWN_SYSTEM}${encodeURIComponent(value)}`;
  const isCreatedOnce = scope === 'source' || type === 'Patient' || type === 'Provenance';
  return {
    fullUrl: fullUrlOf(value),
    resource,
    request: isCreatedOnce
      ? { method: 'POST', url: type, ifNoneExist: query }
      : { method: 'PUT', url: `${type}?${query}` },
  };
}
