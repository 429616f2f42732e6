// Observations against what they were derived from. The response and the Procedure are read; an
// Observation that says something else was edited on the server, and that is told.
import type { Observation, ObservationComponent, Resource } from '@medplum/fhirtypes';
import { type Issue, warningIssue } from '../errors.ts';
import { NOTHING_FOUND } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { readDataAbsentReason } from '../terminology/answers.ts';
import { readCode } from '../terminology/read.ts';
import { parseIdentifier } from './identity.ts';
import type { ObservationValue } from './observations/value.ts';
import { ownIdentifier } from './resource-index.ts';
import { toFhir } from './to-fhir.ts';

/** One issue an Observation whose value, or a part we wrote, is not what the record says. */
export function conflictsOf(record: ImsRecord, resources: readonly Resource[]): Issue[] {
  const observations = resources.filter(isAnswer);
  if (observations.length === 0) return [];
  const expected = new Map(
    toFhir(record, NOTHING_FOUND).resources.map(
      ({ resource, value }) => [value, resource] as const,
    ),
  );
  return observations.flatMap((observation) => {
    const known = expected.get(ownIdentifier(observation) ?? '');
    if (known?.resourceType !== 'Observation') return [];
    const part = differingPart(known, observation);
    return part === undefined ? [] : [conflict(`Observation(${codeOf(known)}).${part}`)];
  });
}

/** The outcome of a screening follows from rules, not from the response alone. */
function isAnswer(resource: Resource): resource is Observation {
  if (resource.resourceType !== 'Observation') return false;
  const identifier = parseIdentifier(ownIdentifier(resource));
  return identifier !== undefined && identifier.part !== 'outcome';
}

function conflict(path: string): Issue {
  const message = 'differs from what it was derived from, which is read instead';
  return warningIssue('conflict', path, message);
}

/** What differs: the value, or a component that we wrote. What others added is passed over. */
function differingPart(known: Observation, found: Observation): string | undefined {
  if (valueKey(known) !== valueKey(found)) return 'value';
  const left = (found.component ?? []).map(componentKey);
  for (const component of known.component ?? []) {
    const at = left.indexOf(componentKey(component));
    if (at === -1) return `component(${codeOf(component)})`;
    left.splice(at, 1);
  }
  return undefined;
}

function componentKey(component: ObservationComponent): string {
  return `${readCode(component.code) ?? ''}${valueKey(component)}`;
}

/** Our code for a question; of several the first. */
function codeOf({ code }: Observation | ObservationComponent): string {
  return code?.coding?.[0]?.code ?? '';
}

/**
 * A value in normal form: number with its unit, range, our code, moment or words, or the reason of
 * absence. Words beside a code are for readers and not compared.
 */
function valueKey(from: ObservationValue): string {
  const { valueQuantity, valueRange, valueCodeableConcept, valueDateTime, valueString } = from;
  if (valueQuantity !== undefined) return `=${amountKey(valueQuantity)}`;
  if (valueRange !== undefined) {
    return `=${amountKey(valueRange.low)}..${amountKey(valueRange.high)}`;
  }
  if (valueCodeableConcept !== undefined) return `#${readCode(valueCodeableConcept) ?? ''}`;
  if (valueDateTime !== undefined) return `@${momentKey(valueDateTime)}`;
  if (valueString !== undefined) return `"${valueString}`;
  return `?${readDataAbsentReason(from.dataAbsentReason) ?? ''}`;
}

function amountKey(amount: ObservationValue['valueQuantity']): string {
  return amount === undefined ? '' : `${amount.value} ${amount.code ?? amount.unit ?? ''}`;
}

/** Servers turn clocks: moments are compared as moments, dates as they stand. */
function momentKey(value: string): string {
  return value.includes('T') ? String(Date.parse(value)) : value;
}
