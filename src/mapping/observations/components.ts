// Members of an object as components of its Observation: what stands beside the value and is searched.
import type { ObservationComponent } from '@medplum/fhirtypes';
import type { Member, Members, NumberValue } from '../../ims/schema/members.ts';
import { concept, ownCode } from '../../terminology/concepts.ts';
import { type BodyLocation, bodySiteOf } from '../body-site.ts';

import { type Holder, memberValue, quantityValue, type Value } from './value.ts';

/** A component that answers `code`. */
export function component(code: string, value: Value): ObservationComponent {
  return { code: ownCode(code), ...value };
}

/** The components of an object: codes by the member that each holds; silent members give none. */
export function componentsOf(
  holder: Holder,
  members: Members,
  codes: Readonly<Record<string, string>>,
): ObservationComponent[] {
  const components: ObservationComponent[] = [];
  for (const [name, code] of Object.entries(codes)) {
    const member = members[name];
    if (member === undefined) throw new TypeError(`no member ${name}`);
    for (const value of valuesOf(holder, name, member)) components.push(component(code, value));
  }
  return components;
}

function valuesOf(holder: Holder, name: string, member: Member): Value[] {
  const value = holder[name];
  if (member.kind === 'list') return ((value ?? []) as BodyLocation[]).map(placeValue);
  if (member.kind === 'group') return durationValue(value);
  if (member.kind === 'codes' && value !== undefined) {
    return (value as string[]).map((code) => ({ valueCodeableConcept: concept(code) }));
  }
  const one = memberValue(holder, name, member);
  return one === undefined ? [] : [one];
}

function placeValue(place: BodyLocation): Value {
  return { valueCodeableConcept: bodySiteOf(place) };
}

/** A duration in the unit of the chart; without a number it is words, and these are in the narrative. */
function durationValue(value: unknown): Value[] {
  const { value: amount, unit } = (value ?? {}) as { value?: NumberValue; unit?: string };
  return amount === undefined ? [] : [quantityValue(amount, unit)];
}
