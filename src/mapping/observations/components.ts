// Components of Observations: members of the same object that describe the value and are searchable.
import type { ObservationComponent } from '@medplum/fhirtypes';
import type { Member, Members, NumberValue } from '../../ims/schema/members.ts';
import { concept, ownCode } from '../../terminology/concepts.ts';
import { type BodySite, bodySiteOf } from '../body-site.ts';
import { memberValue, type ObservationValue, quantityValue, type RecordObject } from './value.ts';

/** Codes of components, by the member that has the value of each. */
export type ComponentCodes = Readonly<Record<string, string>>;

/** A component that answers `code`. */
export function component(code: string, value: ObservationValue): ObservationComponent {
  return { code: ownCode(code), ...value };
}

/** The components of an object; a member without content gives none. */
export function componentsOf(
  object: RecordObject,
  members: Members,
  codes: ComponentCodes,
): ObservationComponent[] {
  const components: ObservationComponent[] = [];
  for (const [name, code] of Object.entries(codes)) {
    const member = members[name];
    if (member === undefined) throw new TypeError(`unknown member ${name}`);
    for (const value of valuesOf(object, name, member)) components.push(component(code, value));
  }
  return components;
}

function valuesOf(object: RecordObject, name: string, member: Member): ObservationValue[] {
  const value = object[name];
  // The only lists that rows name as components are lists of body sites.
  if (member.kind === 'list') return ((value ?? []) as BodySite[]).map(siteValue);
  if (member.kind === 'group') return durationValue(value);
  if (member.kind === 'codes' && value !== undefined) {
    return (value as string[]).map((code) => ({ valueCodeableConcept: concept(code) }));
  }
  const single = memberValue(object, name, member);
  return single === undefined ? [] : [single];
}

function siteValue(site: BodySite): ObservationValue {
  return { valueCodeableConcept: bodySiteOf(site) };
}

/** A duration in the unit of the chart; one without a number is only in the narrative. */
function durationValue(value: unknown): ObservationValue[] {
  const { value: amount, unit } = (value ?? {}) as { value?: NumberValue; unit?: string };
  return amount === undefined ? [] : [quantityValue(amount, unit)];
}
