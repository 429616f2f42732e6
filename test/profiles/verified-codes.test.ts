import { describe, expect, it } from 'vitest';
import { ALL_CODES, display, IMS_SYSTEM } from '../../src/terminology/codes.ts';
import { readCoreCodes, readVerifiedCodes, usedCodes } from './artefacts.ts';
import { isLoincNumber, isSnomedId } from './check-digits.ts';

const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';

/** Systems whose codes are published without displays, or are not clinical codes. */
const UNLISTED = [
  'http://www.ama-assn.org/go/cpt',
  'urn:ietf:bcp:47',
  'urn:iso:std:iso:3166',
  'urn:iso:std:iso:3166:-2',
];

const verified = readVerifiedCodes();
const listed = new Map(verified.map((entry) => [`${entry.system}|${entry.code}`, entry]));
const used = usedCodes();
const isHl7 = (system: string) =>
  system.startsWith('http://terminology.hl7.org/') ||
  (system.startsWith('http://hl7.org/fhir/') && !system.startsWith('http://hl7.org/fhir/sid/'));

describe('codes in the generated artefacts', () => {
  it('are on the list of verified codes, with the same display', () => {
    const external = used.filter(
      ({ system }) => system !== IMS_SYSTEM && !isHl7(system) && !UNLISTED.includes(system),
    );
    expect(external.length).toBeGreaterThan(300);
    const wrong = external.filter(({ system, code, display: shown }) => {
      const entry = listed.get(`${system}|${code}`);
      if (system === UCUM) return entry === undefined;
      return entry === undefined || (shown ?? entry.display) !== entry.display;
    });
    expect(wrong).toEqual([]);
  });

  it('exist in the code systems of FHIR R4 where HL7 owns the system', () => {
    const core = readCoreCodes();
    const wrong = used.filter(({ system, code, display: shown }) => {
      const codes = core.get(system);
      return (
        isHl7(system) &&
        (codes === undefined
          ? system.includes('/CodeSystem/')
          : !codes.has(code) || (shown ?? codes.get(code)) !== codes.get(code))
      );
    });
    expect(wrong).toEqual([]);
  });

  it('exist in the IMS code system with the same display', () => {
    const wrong = used.filter(
      ({ system, code, display: shown }) =>
        system === IMS_SYSTEM &&
        (!ALL_CODES.includes(code) || (shown ?? display(code)) !== display(code)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the list of verified codes', () => {
  it('lists each code once, with its display and the source', () => {
    expect(listed.size).toBe(verified.length);
    for (const entry of verified) {
      expect(entry.seenIn, entry.code).not.toBe('');
      expect(entry.display !== undefined || entry.system === UCUM, entry.code).toBe(true);
    }
  });

  it('contains only codes that an artefact uses, except units', () => {
    const inUse = new Set(used.map(({ system, code }) => `${system}|${code}`));
    const unused = verified.filter(
      ({ system, code }) => system !== UCUM && !inUse.has(`${system}|${code}`),
    );
    expect(unused).toEqual([]);
  });

  it('contains only codes with a correct check digit', () => {
    const wrong = verified.filter(
      ({ system, code }) =>
        (system === SNOMED && !isSnomedId(code)) || (system === LOINC && !isLoincNumber(code)),
    );
    expect(wrong).toEqual([]);
    expect(isSnomedId('31764009')).toBe(false);
    expect(isLoincNumber('72514-4')).toBe(false);
  });
});
