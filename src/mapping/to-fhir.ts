// Layer 4: record -> resources. Pure: no clock, no randomness, no I/O; same record, same bytes.
// What FHIR or our profiles cannot hold is a declared loss.
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { RECORD_SYSTEM } from '../fhir/canonical.ts';
import type { Assessed } from '../ims/findings.ts';
import type { ImsRecord } from '../ims/record.ts';
import { eventsToFhir } from './adverse-event.ts';
import { conditionsToFhir } from './condition.ts';
import { consentsToFhir } from './consent.ts';
import { contextOf, type MappedResource } from './context.ts';
import { responsesToFhir } from './documents.ts';
import { encounterToFhir } from './encounter.ts';
import { filesToFhir } from './files.ts';
import { flagsToFhir } from './flag.ts';
import { type Loss, lossesOf } from './losses.ts';
import { patientToFhir } from './patient.ts';
import { procedureToFhir } from './procedure.ts';
import { provenanceToFhir } from './provenance.ts';
import { screeningToFhir } from './screening.ts';
import { signsToFhir } from './signs.ts';
import { staffToFhir } from './staff.ts';

/** A record as FHIR resources, in the order they are written, and what was lost on the way. */
export interface Mapped {
  readonly resources: readonly MappedResource[];
  readonly losses: readonly Loss[];
}

/** Maps one record with what it was assessed to mean. */
export function toFhir(record: ImsRecord, assessed: Assessed): Mapped {
  const context = contextOf(record, assessed);
  const resources = [
    ...staffToFhir(context),
    patientToFhir(context),
    encounterToFhir(context),
    ...conditionsToFhir(context),
    ...responsesToFhir(context),
    ...screeningToFhir(context),
    ...flagsToFhir(context),
    ...consentsToFhir(context),
    ...procedureToFhir(context),
    ...signsToFhir(context),
    ...eventsToFhir(context),
    ...filesToFhir(context),
  ];
  return {
    resources: [...resources, provenanceToFhir(context, resources)],
    losses: lossesOf(record),
  };
}

/** Types that no identifier finds: found by a tag of ours instead. */
export const FOUND_BY_TAG: ReadonlySet<string> = new Set(['AdverseEvent', 'Provenance']);

/** The transaction that writes the resources: each found by our identifier or tag, never doubled. */
export function toTransaction({ resources }: Mapped): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.filter((one) => one.onlyIfThere !== true).map(toEntry),
  };
}

/** One entry: people and Provenance are created once, everything else is written anew. */
export function toEntry({ resource, value, scope, fullUrl }: MappedResource): BundleEntry {
  const type = resource.resourceType;
  const parameter = FOUND_BY_TAG.has(type) ? '_tag' : 'identifier';
  const query = `${parameter}=${encodeURIComponent(`${RECORD_SYSTEM}|${value}`)}`;
  const isOnce = scope === 'source' || type === 'Patient' || type === 'Provenance';
  return {
    fullUrl,
    resource,
    request: isOnce
      ? { method: 'POST', url: type, ifNoneExist: query }
      : { method: 'PUT', url: `${type}?${query}` },
  };
}
