// Observations of one assessment or session, as tests of the signs look at them.
import type { Observation, ObservationComponent } from '@medplum/fhirtypes';
import { NOTHING_FOUND } from '../../../src/ims/records/findings.ts';
import type { ImsRecord } from '../../../src/ims/schema/record.ts';
import { toFhir } from '../../../src/mapping/to-fhir.ts';
import { linesOf } from '../../examples/cases.ts';
import { recordOf } from '../../safety/record.ts';

/** Every Observation of a record, screening aside. */
export function observationsOf(record: ImsRecord): Observation[] {
  return toFhir(record, NOTHING_FOUND).resources.flatMap(({ resource }) =>
    resource.resourceType === 'Observation' && !questionOf(resource).startsWith('screen')
      ? [resource]
      : [],
  );
}

/** The narrative of the record's only resource of a type, as it is sent. */
export function narrativeOf(record: ImsRecord, type: string): string {
  const { resources } = toFhir(record, NOTHING_FOUND);
  const found = resources.filter(({ resource }) => resource.resourceType === type);
  const { text } = only(found).resource as { text?: { div?: string } };
  return text?.div ?? '';
}

/** The Observations of a visit at a known minute with this assessment. */
export function assessed(assessment: object, visitOn = '2026-05-20T09:00:00-07:00'): Observation[] {
  return observationsOf(recordOf({ visitOn, others: { assessment } }));
}

/** The only Observation of an assessment. */
export function assessedOne(assessment: object, visitOn?: string): Observation {
  return only(assessed(assessment, visitOn));
}

/** The Observations of a needled site with these members. */
export function needled(site: object): Observation[] {
  const session = {
    status: 'completed',
    technique: 'ims-session',
    screening: { basis: 'screening-not-documented' },
    startAt: '2026-05-20T09:20:00-07:00',
    sites: [{ key: 's1', muscle: 'infraspinatus', side: 'right', ...site }],
  };
  return observationsOf(recordOf({ others: { session } }));
}

/** One examined site with these members. */
export function site(members: object) {
  return { sites: [{ key: 'x1', muscle: 'infraspinatus', side: 'right', ...members }] };
}

/** The one entry of a list; fails where it has none or more. */
export function only<T>(all: readonly T[]): T {
  const [one, ...more] = all;
  if (one === undefined || more.length > 0) throw new Error(`${all.length} instead of one`);
  return one;
}

/** Our code for the question. */
export function questionOf({ code }: Observation | ObservationComponent): string {
  return code?.coding?.[0]?.code ?? '';
}

/** What a value says in short: its codes, number with unit, words, or why it is missing. */
export function said(from: Observation | ObservationComponent | undefined): string | undefined {
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

/** Components in short, by our code for them; several of one code are joined. */
export function partsOf({ component = [] }: Observation): Record<string, string> {
  const groups = Map.groupBy(component, questionOf);
  return Object.fromEntries(
    [...groups].map(([code, all]) => [code, all.map((one) => said(one)).join(' + ')]),
  );
}

/** What SNOMED CT calls it, where that is said. */
export function findingOf({ component }: Observation): string | undefined {
  return component?.find((one) => questionOf(one) === 'finding')?.valueCodeableConcept?.coding?.[0]
    ?.code;
}

/** The narrative below its heading. */
export function toldOf(observation: Observation): string[] {
  return linesOf(observation).slice(1);
}
