// IMS codes as FHIR concepts: the IMS coding first, then codings of SNOMED CT, LOINC and others.
import type { CodeableConcept, Coding, ConceptMap } from '@medplum/fhirtypes';
import findingToSnomed from '../../profiles/fsh-generated/resources/ConceptMap-ims-finding-to-snomed.json' with {
  type: 'json',
};
import toHl7 from '../../profiles/fsh-generated/resources/ConceptMap-ims-to-hl7.json' with {
  type: 'json',
};
import toLoinc from '../../profiles/fsh-generated/resources/ConceptMap-ims-to-loinc.json' with {
  type: 'json',
};
import toSnomed from '../../profiles/fsh-generated/resources/ConceptMap-ims-to-snomed.json' with {
  type: 'json',
};
import { hl7System } from '../fhir/canonical.ts';
import { memoize } from '../memoize.ts';
import { ALL_CODES, coding, display, unknownCodeError } from './codes.ts';
import { CompiledMap } from './concept-map.ts';

const snomed = new CompiledMap(toSnomed as ConceptMap);
const loinc = new CompiledMap(toLoinc as ConceptMap);
const findings = new CompiledMap(findingToSnomed as ConceptMap);
const hl7: ReadonlyMap<string, CompiledMap> = new Map(
  toHl7.group.map(({ target }) => [target, new CompiledMap(toHl7 as ConceptMap, target)]),
);

/** The maps whose equivalent targets are also read back as IMS codes. */
export const READABLE_MAPS: readonly CompiledMap[] = [snomed, loinc, ...hl7.values()];

/** Options of `concept`. */
export interface ConceptOptions {
  /** Text of the concept; default: the display of the code. */
  readonly text?: string | undefined;
  /** Another code of the same object that decides between targets: the scale of a score, a status. */
  readonly dependsOn?: string | undefined;
}

interface SharedConcept {
  readonly coding: Coding[];
  readonly text: string;
}

const shared: ReadonlyMap<string, SharedConcept> = new Map(
  ALL_CODES.map((code) => [
    code,
    // The list is not frozen: JSON.stringify of a frozen array takes V8 three times as long.
    Object.freeze({ coding: codings(code, undefined), text: display(code) }),
  ]),
);

/**
 * A code as a CodeableConcept: the IMS coding, the SNOMED CT and LOINC codings that apply, and text.
 * Without options the result is shared: it must not be modified.
 */
export function concept(code: string, { text, dependsOn }: ConceptOptions = {}): CodeableConcept {
  const plain = shared.get(code);
  if (plain === undefined) {
    throw unknownCodeError(code);
  }
  if (text === undefined && dependsOn === undefined) {
    return plain;
  }
  return {
    coding: dependsOn === undefined ? plain.coding : codings(code, dependsOn),
    text: text ?? plain.text,
  };
}

interface OwnConcept {
  readonly withText: CodeableConcept;
  readonly codeOnly: CodeableConcept;
}

const ownConcepts = memoize((code: string): OwnConcept => {
  const own = [coding(code)];
  return {
    withText: Object.freeze({ coding: own, text: display(code) }),
    codeOnly: Object.freeze({ coding: own }),
  };
});

/** The IMS coding alone with its text, as the code of a question. Shared: must not be modified. */
export function ownConcept(code: string): CodeableConcept {
  return ownConcepts(code).withText;
}

/** The IMS coding alone without text, as the code of a component. Shared: must not be modified. */
export function ownCode(code: string): CodeableConcept {
  return ownConcepts(code).codeOnly;
}

/** The SNOMED CT coding of a code that does not depend on other codes. */
export function snomedCoding(code: string): Coding | undefined {
  return snomed.find(code);
}

/**
 * The SNOMED CT finding that a question, sign, symptom or condition means when it is answered yes or
 * found present; undefined for a grade, side, substance or device. `dependsOn` is a detail that
 * decides (`reflex` with `increased`). Must not be written with any other answer.
 */
export function findingCoding(code: string, dependsOn?: string): Coding | undefined {
  return findings.find(code, dependsOn);
}

/** A code of HL7 Terminology as a concept without text, such as a status or category. */
export function hl7Concept(systemId: string, code: string): CodeableConcept {
  return { coding: [{ system: hl7System(systemId), code }] };
}

/** The HL7 coding to which an IMS code maps in `system`, such as the outcome of an event. */
export function hl7Coding(code: string, system: string): Coding | undefined {
  return hl7.get(system)?.find(code);
}

function codings(code: string, dependsOn: string | undefined): Coding[] {
  const standard = [snomed.find(code, dependsOn), loinc.find(code, dependsOn)];
  return [coding(code), ...standard.filter((found) => found !== undefined)];
}
