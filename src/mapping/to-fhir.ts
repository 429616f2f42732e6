// Maps a record to FHIR resources. It uses no clock, random numbers or I/O: the same record always gives
// the same bytes. Data that FHIR or our profiles cannot represent is listed as losses.
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { isScreeningUnknown, SCREENING_UNKNOWN } from '../chart/notices.ts';
import type { Loss } from '../errors.ts';
import { RECORD_SYSTEM } from '../fhir/canonical.ts';
import type { RuleResults } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { type Context, contextOf, type MappedResource } from './context.ts';
import { fullUrlOf } from './identity.ts';
import { lossesOf } from './losses.ts';
import { withNotice } from './narrative-notice.ts';
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

/** The resources of a record, in the order in which they are written, and its losses. */
export interface MappedRecord {
  readonly resources: readonly MappedResource[];
  readonly losses: readonly Loss[];
}

/**
 * Maps a record and the results of its clinical rules. `others` are the active records of the patient
 * that share resources with it: the contributions of earlier records stay in the shared resources.
 */
export function toFhir(
  record: ImsRecord,
  results: RuleResults,
  others: readonly ImsRecord[] = [],
): MappedRecord {
  const context = contextOf(record, results, others);
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

/** Only the resources of a record that other records may share. */
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

/** Adds the notice that no screening was recorded, after the notice about the status of the record. */
function withScreeningNotice(mapped: MappedResource, { status }: ImsRecord): MappedResource {
  if (mapped.scope !== 'visit') return mapped;
  const position = status === 'draft' || status === 'entered-in-error' ? 'second' : 'first';
  return { ...mapped, resource: withNotice(mapped.resource, SCREENING_UNKNOWN, position) };
}

/** Types without a search by identifier in R4; our tag identifies their resources. */
export const TYPES_SEARCHED_BY_TAG: ReadonlySet<string> = new Set(['AdverseEvent', 'Provenance']);

/** A transaction that creates or updates the resources, conditional on our identifiers and tags. */
export function toTransaction({ resources }: MappedRecord): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.filter(({ onlyIfExists }) => onlyIfExists !== true).map(toEntry),
  };
}

/** True for patients, staff and clinics: created where they do not exist and never changed later. */
export function isCreatedOnce(mapped: MappedResource): boolean {
  // An ended Flag is not built only to learn its type.
  if (mapped.onlyIfExists === true) return false;
  return mapped.scope === 'source' || mapped.resource.resourceType === 'Patient';
}

const ENCODED_SYSTEM_PREFIX = encodeURIComponent(`${RECORD_SYSTEM}|`);

/** Patients, staff, clinics and Provenance are created if they do not exist; all others are updated. */
export function toEntry(mapped: MappedResource): BundleEntry {
  const { resource, value } = mapped;
  const type = resource.resourceType;
  const parameter = TYPES_SEARCHED_BY_TAG.has(type) ? '_tag' : 'identifier';
  const query = `${parameter}=${ENCODED_SYSTEM_PREFIX}${encodeURIComponent(value)}`;
  const isCreateOnly = isCreatedOnce(mapped) || type === 'Provenance';
  return {
    fullUrl: fullUrlOf(value),
    resource,
    request: isCreateOnly
      ? { method: 'POST', url: type, ifNoneExist: query }
      : { method: 'PUT', url: `${type}?${query}` },
  };
}
