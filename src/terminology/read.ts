// Converts FHIR codings to IMS codes: from the IMS coding, or otherwise from an unambiguous coding of
// another system.
import type { CodeableConcept, Coding, ConceptMap } from '@medplum/fhirtypes';
import readMap from '../../profiles/fsh-generated/resources/ConceptMap-ims-read.json' with {
  type: 'json',
};
import toAbsentReason from '../../profiles/fsh-generated/resources/ConceptMap-ims-to-data-absent-reason.json' with {
  type: 'json',
};
import { IMS_SYSTEM, isCode } from './codes.ts';
import { CompiledMap } from './concept-map.ts';
import { READABLE_MAPS } from './concepts.ts';

/** The IMS codes that a coding can mean, by system, then code. */
const bySystem = new Map<string, Map<string, string[]>>();

for (const map of [...READABLE_MAPS, new CompiledMap(toAbsentReason as ConceptMap)]) {
  for (const target of map.targets()) {
    if (target.equivalent) {
      add(target.coding.system, target.coding.code, target.source);
    }
  }
}
for (const group of readMap.group) {
  for (const element of group.element) {
    for (const target of element.target) {
      add(group.source, element.code, target.code);
    }
  }
}

/**
 * The IMS code that a Coding or CodeableConcept means, one of `allowed` if that is given. An IMS coding
 * takes precedence; without one, codings of other systems count if they are equivalent to one and the
 * same IMS code. Display and text are ignored.
 */
export function readCode(
  value: CodeableConcept | Coding | undefined,
  allowed?: readonly string[],
): string | undefined {
  const codings = codingsOf(value);
  for (const { system, code } of codings) {
    if (system === IMS_SYSTEM && code !== undefined && isCode(code)) {
      if (allowed === undefined || allowed.includes(code)) {
        return code;
      }
    }
  }
  const candidates = new Set<string>();
  for (const { system = '', code = '' } of codings) {
    for (const candidate of bySystem.get(system)?.get(code) ?? []) {
      if (allowed === undefined || allowed.includes(candidate)) {
        candidates.add(candidate);
      }
    }
  }
  const [first, second] = candidates;
  return second === undefined ? first : undefined;
}

function codingsOf(value: CodeableConcept | Coding | undefined): readonly Coding[] {
  if (value === undefined) {
    return [];
  }
  return 'coding' in value ? (value.coding ?? []) : [value as Coding];
}

function add(system = '', code = '', source = ''): void {
  const codes = bySystem.get(system) ?? new Map<string, string[]>();
  bySystem.set(system, codes.set(code, [...(codes.get(code) ?? []), source]));
}
