// Observations of one assessment or session, and short forms of their values for assertions.
import type { Observation, ObservationComponent } from '@medplum/fhirtypes';
import { NO_RULE_RESULTS } from '../../../src/ims/records/findings.ts';
import type { ImsRecord } from '../../../src/ims/schema/record.ts';
import { toFhir } from '../../../src/mapping/to-fhir.ts';
import { linesOf } from '../../examples/cases.ts';
import { anImsRecord, aSession, aSite, type Json } from '../../records.ts';

/** Every Observation of a record except those of the screening. */
export function observationsOf(record: ImsRecord): Observation[] {
  return toFhir(record, NO_RULE_RESULTS).resources.flatMap(({ resource }) =>
    resource.resourceType === 'Observation' && !questionOf(resource).startsWith('screen')
      ? [resource]
      : [],
  );
}

/** The narrative of the record's only resource of a type. */
export function narrativeOf(record: ImsRecord, type: string): string {
  const { resources } = toFhir(record, NO_RULE_RESULTS);
  const found = resources.filter(({ resource }) => resource.resourceType === type);
  const { text } = only(found).resource as { text?: { div?: string } };
  return text?.div ?? '';
}

/** The Observations of a visit with this assessment; `members` replace other members of the record. */
export function assessmentObservations(assessment: object, members: Json = {}): Observation[] {
  return observationsOf(anImsRecord({ assessment, ...members }));
}

/** The only Observation of an assessment. */
export function assessmentObservation(assessment: object, members: Json = {}): Observation {
  return only(assessmentObservations(assessment, members));
}

/** The Observations of a needled site with these members. */
export function needlingObservations(siteMembers: object): Observation[] {
  const sites = [aSite({ muscle: 'infraspinatus', side: 'right', ...siteMembers })];
  const session = aSession({ startAt: '2026-03-02T09:20:00-08:00', sites });
  return observationsOf(anImsRecord({ session }));
}

/** One examined site with these members. */
export function examinedSite(members: object) {
  return { sites: [{ key: 'x1', muscle: 'infraspinatus', side: 'right', ...members }] };
}

/** The only entry of a list; throws when there is none or more than one. */
export function only<T>(all: readonly T[]): T {
  const [first, ...others] = all;
  if (first === undefined || others.length > 0)
    throw new Error(`expected one entry, got ${all.length}`);
  return first;
}

/** The IMS code of the question. */
export function questionOf({ code }: Observation | ObservationComponent): string {
  return code?.coding?.[0]?.code ?? '';
}

/** A value in short form: its first code, number with unit, text, or `?` and the reason why it is missing. */
export function shortValue(
  from: Observation | ObservationComponent | undefined,
): string | undefined {
  const quantity = from?.valueQuantity;
  if (quantity !== undefined)
    return [quantity.value, quantity.code ?? quantity.unit].join(' ').trim();
  const { low, high } = from?.valueRange ?? {};
  if (low !== undefined || high !== undefined) return `${low?.value ?? ''}..${high?.value ?? ''}`;
  const concept = from?.valueCodeableConcept;
  if (concept !== undefined) return concept.coding?.[0]?.code ?? `"${concept.text}"`;
  const absent = from?.dataAbsentReason?.coding?.[0]?.code;
  return absent === undefined ? (from?.valueString ?? from?.valueDateTime) : `? ${absent}`;
}

/** Components in short form by their IMS code; several with one code are joined. */
export function componentValues({ component = [] }: Observation): Record<string, string> {
  const groups = Map.groupBy(component, questionOf);
  return Object.fromEntries(
    [...groups].map(([code, all]) => [code, all.map(shortValue).join(' + ')]),
  );
}

/** The SNOMED CT code of its finding component. */
export function findingOf({ component }: Observation): string | undefined {
  return component?.find((entry) => questionOf(entry) === 'finding')?.valueCodeableConcept
    ?.coding?.[0]?.code;
}

/** The narrative below its heading. */
export function narrativeLines(observation: Observation): string[] {
  return linesOf(observation).slice(1);
}
