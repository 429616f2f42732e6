// IMS code -> what is written to FHIR: our coding first, then those of other systems.
import type { CodeableConcept, Coding, ConceptMap } from '@medplum/fhirtypes';
import findingToIcd10Cm from '../../profiles/fsh-generated/resources/ConceptMap-ims-finding-to-icd10cm.json' with {
  type: 'json',
};
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
import toAcupuncture from '../../profiles/fsh-generated/resources/ConceptMap-ims-to-snomed-acupuncture.json' with {
  type: 'json',
};
import { memoize } from '../memoize.ts';
import { ALL_CODES, coding, display, noSuchCode } from './codes.ts';
import { CompiledMap } from './concept-map.ts';

const snomed = new CompiledMap(toSnomed as ConceptMap);
const loinc = new CompiledMap(toLoinc as ConceptMap);
const findings = new CompiledMap(findingToSnomed as ConceptMap);
const icd10Cm = new CompiledMap(findingToIcd10Cm as ConceptMap);
const acupuncture = new CompiledMap(toAcupuncture as ConceptMap);
const hl7: ReadonlyMap<string, CompiledMap> = new Map(
  toHl7.group.map(({ target }) => [target, new CompiledMap(toHl7 as ConceptMap, target)]),
);

/** The maps whose equivalent targets are understood when they come back. */
export const READABLE_MAPS: readonly CompiledMap[] = [snomed, loinc, ...hl7.values()];

/** How a concept is written. */
export interface ConceptOptions {
  /** What a reader sees; the code's display where it is not given. */
  readonly text?: string | undefined;
  /** A code that stands beside it and decides between targets: the scale of a score, a status. */
  readonly beside?: string | undefined;
}

interface SharedConcept {
  readonly coding: Coding[];
  readonly text: string;
}

const shared: ReadonlyMap<string, SharedConcept> = new Map(
  ALL_CODES.map((code) => [
    code,
    // Not the list: V8 writes frozen ones as JSON in three times the time.
    Object.freeze({ coding: codings(code, undefined), text: display(code) }),
  ]),
);

/**
 * A code as a CodeableConcept: our coding first, then the SNOMED CT and LOINC codings that may always
 * stand beside it, then text. Shared, never to be changed, where neither text nor `beside` is given.
 */
export function concept(code: string, { text, beside }: ConceptOptions = {}): CodeableConcept {
  const found = shared.get(code);
  if (found === undefined) {
    throw noSuchCode(code);
  }
  if (text === undefined && beside === undefined) {
    return found;
  }
  return {
    coding: beside === undefined ? found.coding : codings(code, beside),
    text: text ?? found.text,
  };
}

interface Asked {
  readonly whole: CodeableConcept;
  readonly bare: CodeableConcept;
}

const askedBy = memoize((code: string): Asked => {
  const own = [coding(code)];
  return {
    whole: Object.freeze({ coding: own, text: display(code) }),
    bare: Object.freeze({ coding: own }),
  };
});

/** Our own code alone, with its words: what a question is called. Shared, never to be changed. */
export function ownConcept(code: string): CodeableConcept {
  return askedBy(code).whole;
}

/** The same without words, as the code of a component. */
export function ownCode(code: string): CodeableConcept {
  return askedBy(code).bare;
}

/** The SNOMED CT coding that may always stand beside our own; see `concept` for `beside`. */
export function snomedCoding(code: string, beside?: string): Coding | undefined {
  return snomed.find(code, beside);
}

/**
 * What SNOMED CT calls the fact when `code` was answered with yes or found present: a question, a
 * sign, or a symptom or condition itself; nothing for a grade, side, substance or device. `beside` is
 * a detail that decides (`reflex` beside `increased`). Never to be written beside another answer.
 */
export function findingCoding(code: string, beside?: string): Coding | undefined {
  return findings.find(code, beside);
}

/** The ICD-10-CM code of a fact that is present; only for targets whose setting asks for it. */
export function icd10CmCoding(code: string, beside?: string): Coding | undefined {
  return icd10Cm.find(code, beside);
}

/**
 * The SNOMED CT concept of a technique whose name says acupuncture; only for targets whose setting
 * asks for it, never by default.
 */
export function acupunctureCoding(code: string): Coding | undefined {
  return acupuncture.find(code);
}

/** The code in a code system of HL7 that an element asks for, such as the outcome of an event. */
export function hl7Coding(code: string, system: string): Coding | undefined {
  return hl7.get(system)?.find(code);
}

function codings(code: string, beside: string | undefined): Coding[] {
  const others = [snomed.find(code, beside), loinc.find(code, beside)];
  const all = [coding(code), ...others.filter((other) => other !== undefined)];
  return all;
}
