import { describe, expect, it } from 'vitest';
import { ALL_CODES, coding } from '../../src/terminology/codes.ts';
import { concept, findingCoding, hl7Coding, snomedCoding } from '../../src/terminology/concepts.ts';

const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';

function codesOf(code: string, system: string, dependsOn?: string): (string | undefined)[] {
  const { coding: codings = [] } = concept(code, { dependsOn });
  return codings.filter((entry) => entry.system === system).map((entry) => entry.code);
}

describe('concept', () => {
  it('has the IMS coding first and at most one coding of each other system after it', () => {
    for (const code of ALL_CODES) {
      const { coding: codings = [] } = concept(code);
      expect(codings[0]).toBe(coding(code));
      expect(new Set(codings.map(({ system }) => system)).size).toBe(codings.length);
    }
  });

  it('uses the containing muscle or group for a muscle without a SNOMED CT code', () => {
    expect(codesOf('trapezius', SNOMED)).toEqual(['31764008']);
    expect(codesOf('trapezius-upper', SNOMED)).toEqual(['31764008']);
    expect(codesOf('levator-scapulae', SNOMED)).toEqual(['79112004']);
    expect(codesOf('segment-l5', SNOMED)).toEqual(['128198006']);
  });

  it('has the display as text unless text is given, and shares concepts without options', () => {
    expect(concept('neck-pain').text).toBe('Neck pain');
    expect(concept('neck-pain', { text: 'sore neck' }).text).toBe('sore neck');
    expect(concept('neck-pain')).toBe(concept('neck-pain'));
    expect(Object.isFrozen(concept('neck-pain'))).toBe(true);
    expect(concept('neck-pain').coding?.every(Object.isFrozen)).toBe(true);
    expect(concept('neck-pain', { text: 'sore neck' }).coding).toBe(concept('neck-pain').coding);
  });

  it('chooses the LOINC term of a pain score by the scale', () => {
    expect(codesOf('pain-current', LOINC)).toEqual(['72514-3']);
    expect(codesOf('pain-current', LOINC, 'nrs')).toEqual(['72514-3']);
    expect(codesOf('pain-current', LOINC, 'vas')).toEqual(['38214-3']);
    expect(codesOf('pain-current', LOINC, 'faces')).toEqual(['38221-8']);
    expect(codesOf('pain-current', LOINC, 'other')).toEqual([]);
    expect(codesOf('pain-past-week', LOINC, 'vas')).toEqual([]);
    expect(codesOf('pain-worst', LOINC)).toEqual([]);
    expect(codesOf('pain-needling', LOINC)).toEqual([]);
  });

  it('adds no disorder to a screening question', () => {
    const questions = ALL_CODES.filter((code) => code.startsWith('screen-c'));
    expect(questions.flatMap((code) => codesOf(code, SNOMED))).toEqual([]);
  });

  it('never calls the technique acupuncture by default', () => {
    expect(codesOf('ims-session', SNOMED)).toEqual(['277132007']);
    for (const code of ALL_CODES) {
      const displays = concept(code).coding?.map((entry) => entry.display ?? '') ?? [];
      const named = displays.filter((text) => /acupuncture/i.test(text));
      // A consent statement, a course of the practitioner, and the needle as a device.
      const allowed = ['consent-not-acupuncture', 'acupuncture-course', 'needle'];
      expect(named.length > 0 && !allowed.includes(code), code).toBe(false);
    }
  });

  it('throws for an unknown code', () => {
    expect(() => concept('no-such-code')).toThrow('no-such-code');
  });
});

describe('findingCoding', () => {
  it('gives a cancer survivor the history of cancer and not the disease', () => {
    expect(findingCoding('cancer-active')?.code).toBe('363346000');
    expect(findingCoding('cancer-survivor')?.code).toBe('266987004');
    expect(findingCoding('screen-c01')).toBeUndefined();
  });

  it('has no finding for an item of which only a part has one', () => {
    expect(findingCoding('screen-c32')).toBeUndefined();
    expect(findingCoding('screen-c65')).toBeUndefined();
    expect(findingCoding('screen-c23')).toBeUndefined();
    expect(findingCoding('screen-c23', 'swelling')?.code).toBe('234097001');
    expect(findingCoding('screen-c27', 'antiplatelet')).toBeUndefined();
    expect(findingCoding('screen-c27', 'anticoagulant')?.code).toBe('182764009');
  });

  it('depends on a detail where the concept map says so', () => {
    expect(findingCoding('reflex', 'increased')?.code).toBe('86854008');
    expect(findingCoding('range-of-motion', 'rom-active')?.code).toBe('298222004');
    expect(findingCoding('range-of-motion', 'rom-passive')?.code).toBe('70733008');
    expect(findingCoding('reflex', 'reduced')).toBeUndefined();
    expect(findingCoding('exercise', 'aggravates')?.code).toBe('427341007');
    expect(findingCoding('exercise', 'relieves')).toBeUndefined();
  });

  it('gives a symptom or condition its own concept, and none to a code that is not a finding', () => {
    expect(findingCoding('weight-loss')).toEqual(snomedCoding('weight-loss'));
    expect(findingCoding('haemophilia')?.code).toBe('90935002');
    for (const code of ['taut-band', 'severe', 'well-controlled', 'left', 'nickel', 'prone']) {
      expect(findingCoding(code), code).toBeUndefined();
    }
  });
});

describe('codings for individual elements', () => {
  it('finds the coding that an HL7 value set requires', () => {
    const outcome = 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome';
    const severity = 'http://terminology.hl7.org/CodeSystem/adverse-event-severity';
    expect(hl7Coding('resolved-with-sequelae', outcome)?.code).toBe('resolvedWithSequelae');
    expect(hl7Coding('severe', severity)?.code).toBe('severe');
    expect(hl7Coding('ae-serious', severity)).toBeUndefined();
    expect(hl7Coding('resolved', 'http://example.org/unknown')).toBeUndefined();
  });

  it('finds the reason for a session that did not take place', () => {
    expect(codesOf('contraindicated', SNOMED)).toEqual(['183932001']);
    expect(codesOf('contraindicated', SNOMED, 'not-done')).toEqual(['762450006']);
  });
});
