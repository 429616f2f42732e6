// Finds Observations that contradict the record. The record is read from the QuestionnaireResponses and
// the Procedure; an Observation that differs from it was edited on the server.
import type { Observation, ObservationComponent, Resource } from '@medplum/fhirtypes';
import { type Issue, warningIssue } from '../errors.ts';
import { NO_RULE_RESULTS } from '../ims/records/findings.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { readDataAbsentReason } from '../terminology/answers.ts';
import { readCode } from '../terminology/read.ts';
import { parseIdentifier } from './identity.ts';
import type { ObservationValue } from './observations/value.ts';
import { ownIdentifier } from './resource-index.ts';
import { toFhir } from './to-fhir.ts';

/** One issue for each Observation whose value, or a component we wrote, differs from the record. */
export function conflictsOf(record: ImsRecord, resources: readonly Resource[]): Issue[] {
  const observations = resources.filter(isDerivedFromRecord);
  if (observations.length === 0) return [];
  const expected = new Map(
    toFhir(record, NO_RULE_RESULTS).resources.map(
      ({ resource, value }) => [value, resource] as const,
    ),
  );
  return observations.flatMap((observation) => {
    const derived = expected.get(ownIdentifier(observation) ?? '');
    if (derived?.resourceType !== 'Observation') return [];
    const part = differingPart(derived, observation);
    return part === undefined ? [] : [conflict(`Observation(${codeOf(derived)}).${part}`)];
  });
}

/** True for our Observations, except the outcome of a screening, which also depends on clinical rules. */
function isDerivedFromRecord(resource: Resource): resource is Observation {
  if (resource.resourceType !== 'Observation') return false;
  const identifier = parseIdentifier(ownIdentifier(resource));
  return identifier !== undefined && identifier.part !== 'outcome';
}

function conflict(path: string): Issue {
  const message = 'must equal the answer it was derived from; that answer is read instead';
  return warningIssue('conflict', path, message);
}

/** The path of the first difference: the value, or a component we wrote. Others' components are ignored. */
function differingPart(derived: Observation, received: Observation): string | undefined {
  if (valueKey(derived) !== valueKey(received)) return 'value';
  const unmatched = (received.component ?? []).map(componentKey);
  for (const component of derived.component ?? []) {
    const index = unmatched.indexOf(componentKey(component));
    if (index === -1) return `component(${codeOf(component)})`;
    unmatched.splice(index, 1);
  }
  return undefined;
}

function componentKey(component: ObservationComponent): string {
  return `${readCode(component.code) ?? ''}${valueKey(component)}`;
}

/** The first code, which is the IMS code. */
function codeOf({ code }: Observation | ObservationComponent): string {
  return code?.coding?.[0]?.code ?? '';
}

/**
 * A value in a comparable form: number with unit, range, our code, instant, text or the reason of
 * absence. Text and display of a code are not compared.
 */
function valueKey(observed: ObservationValue): string {
  const { valueQuantity, valueRange, valueCodeableConcept, valueDateTime, valueString } = observed;
  if (valueQuantity !== undefined) return `=${quantityKey(valueQuantity)}`;
  if (valueRange !== undefined) {
    return `=${quantityKey(valueRange.low)}..${quantityKey(valueRange.high)}`;
  }
  if (valueCodeableConcept !== undefined) return `#${readCode(valueCodeableConcept) ?? ''}`;
  if (valueDateTime !== undefined) return `@${dateTimeKey(valueDateTime)}`;
  if (valueString !== undefined) return `"${valueString}`;
  return `?${readDataAbsentReason(observed.dataAbsentReason) ?? ''}`;
}

function quantityKey(quantity: ObservationValue['valueQuantity']): string {
  return quantity === undefined ? '' : `${quantity.value} ${quantity.code ?? quantity.unit ?? ''}`;
}

/** Date-times are compared as instants, because servers change their offset; dates are compared as text. */
function dateTimeKey(value: string): string {
  return value.includes('T') ? String(Date.parse(value)) : value;
}
