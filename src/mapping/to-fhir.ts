// Layer 4: record -> resources. Pure: no clock, no randomness, no I/O; same record, same bytes.
// What FHIR or our profiles cannot hold is a declared loss.
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

/** A record as FHIR resources, in the order they are written, and what was lost on the way. */
export interface Mapped {
  readonly resources: readonly MappedResource[];
  readonly losses: readonly Loss[];
}

/**
 * Maps one record with what it was assessed to mean. `others` are the standing records of the same
 * patient that share resources with it; what those said before it then stands in them as well.
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
    resources: isScreeningUnknown(record) ? all.map((one) => begunUnscreened(one, record)) : all,
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

/** Every narrative of such a visit says first that blanks are no answers; only its status is before. */
function begunUnscreened(one: MappedResource, { status }: ImsRecord): MappedResource {
  if (one.scope !== 'visit') return one;
  const { text } = one.resource as { text?: { status: string; div: string } };
  if (text === undefined) return one;
  const where = status === 'draft' || status === 'entered-in-error' ? 'second' : 'first';
  const div = insertNotice(text.div, SCREENING_UNKNOWN, where);
  return { ...one, resource: { ...one.resource, text: { ...text, div } } as Resource };
}

/** Types that no identifier finds: found by a tag of ours instead. */
export const FOUND_BY_TAG: ReadonlySet<string> = new Set(['AdverseEvent', 'Provenance']);

/** The transaction that writes the resources: each found by our identifier or tag, never doubled. */
export function toTransaction({ resources }: Mapped): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.filter((one) => one.onlyIfExists !== true).map(toEntry),
  };
}

const OURS = encodeURIComponent(`${RECORD_SYSTEM}|`);

/** One entry: people and Provenance are created once, everything else is written anew. */
export function toEntry({ resource, value, scope }: MappedResource): BundleEntry {
  const type = resource.resourceType;
  const parameter = FOUND_BY_TAG.has(type) ? '_tag' : 'identifier';
  const query = `${parameter}=${OURS}${encodeURIComponent(value)}`;
  const isOnce = scope === 'source' || type === 'Patient' || type === 'Provenance';
  return {
    fullUrl: fullUrlOf(value),
    resource,
    request: isOnce
      ? { method: 'POST', url: type, ifNoneExist: query }
      : { method: 'PUT', url: `${type}?${query}` },
  };
}
