import { describe, expect, it } from 'vitest';
import {
  answerCoding,
  dataAbsentReason,
  readAnswer,
  readDataAbsentReason,
} from '../../src/terminology/answers.ts';
import { ALL_CODES, coding } from '../../src/terminology/codes.ts';
import { concept } from '../../src/terminology/concepts.ts';
import { readCode } from '../../src/terminology/read.ts';
import { readConceptMaps } from '../profiles/artefacts.ts';

const SNOMED = 'http://snomed.info/sct';
const SIDES = ['left', 'right', 'midline', 'both'];

const snomed = (code: string) => ({ system: SNOMED, code });

describe('readCode', () => {
  it('reads every code back from its coding and its concept', () => {
    for (const code of ALL_CODES) {
      expect(readCode(coding(code))).toBe(code);
      expect(readCode(concept(code))).toBe(code);
      expect(readCode({ coding: concept(code).coding?.toReversed() ?? [] })).toBe(code);
    }
  });

  it('reads every equivalent coding back when the server removed the IMS coding', () => {
    const equivalents = readConceptMaps()
      .filter(({ id }) => id === 'ims-to-snomed' || id === 'ims-to-loinc')
      .flatMap((map) => map.group ?? [])
      .flatMap((group) => group.element?.map((element) => ({ ...element, to: group.target })) ?? [])
      .flatMap(({ code, to, target }) => target?.map((one) => ({ ...one, from: code, to })) ?? [])
      .filter(({ equivalence }) => equivalence === 'equivalent');
    expect(equivalents.length).toBeGreaterThan(250);
    for (const { from, to, code } of equivalents) {
      expect(readCode({ coding: [{ system: to ?? '', code: code ?? '' }] }), code).toBe(from);
    }
  });

  it('prefers the IMS coding to all others', () => {
    expect(readCode({ coding: [snomed('24028007'), coding('left')] })).toBe('left');
  });

  it('reads an equivalent coding of another system, but not a wider or inexact one', () => {
    expect(readCode(snomed('31764008'))).toBe('trapezius');
    expect(readCode(snomed('30608006'))).toBe('upper-limb-muscle');
    expect(readCode(snomed('95417003'))).toBeUndefined();
    expect(readCode(snomed('277132007'))).toBeUndefined();
  });

  it('reads only allowed codes', () => {
    expect(readCode(coding('left'), SIDES)).toBe('left');
    expect(readCode(coding('trapezius'), SIDES)).toBeUndefined();
    expect(readCode(snomed('31764008'), SIDES)).toBeUndefined();
  });

  it('reads laterality codes that other systems use and that are never written here', () => {
    expect(readCode(snomed('419161000'), SIDES)).toBe('left');
    expect(readCode(snomed('419465000'), SIDES)).toBe('right');
    expect(readCode(snomed('51440002'), SIDES)).toBe('both');
    const written = ALL_CODES.flatMap((code) => concept(code).coding ?? []);
    expect(written.some((entry) => entry.code === '419161000')).toBe(false);
  });

  it('returns undefined for contradictory or unknown codings', () => {
    expect(readCode({ coding: [snomed('7771000'), snomed('24028007')] })).toBeUndefined();
    expect(readCode({ text: 'left' })).toBeUndefined();
    expect(readCode({})).toBeUndefined();
    expect(readCode(undefined)).toBeUndefined();
    expect(readCode({ system: coding('left').system ?? '', code: 'lefty' })).toBeUndefined();
  });
});

describe('an answer', () => {
  const answers = ['yes', 'no', 'unknown', 'not-asked', 'declined', 'not-applicable'] as const;

  it('is read back as it was written', () => {
    for (const answer of answers) {
      expect(readAnswer(answerCoding(answer))).toBe(answer);
      expect(readAnswer(coding(answer))).toBe(answer);
    }
  });

  it('is SNOMED CT for yes and no, and a reason for a missing value otherwise', () => {
    expect(answerCoding('yes')).toMatchObject({ system: SNOMED, code: '373066001' });
    expect(answerCoding('no')).toMatchObject({ system: SNOMED, code: '373067005' });
    expect(answers.slice(2).map((answer) => answerCoding(answer).code)).toEqual([
      'asked-unknown',
      'not-asked',
      'asked-declined',
      'not-applicable',
    ]);
  });

  it('is also read from LOINC, and never from another code', () => {
    expect(readAnswer({ system: 'http://loinc.org', code: 'LA33-6' })).toBe('yes');
    expect(readAnswer({ system: 'http://loinc.org', code: 'LA32-8' })).toBe('no');
    expect(readAnswer(coding('pending'))).toBeUndefined();
    expect(readAnswer(dataAbsentReason('pending'))).toBeUndefined();
  });
});

describe('a reason for a missing value', () => {
  it('is read back as it was written, from a coding or a bare code', () => {
    const reasons = [
      'unknown',
      'not-asked',
      'declined',
      'not-tested',
      'not-applicable',
      'pending',
    ] as const;
    for (const reason of reasons) {
      const written = dataAbsentReason(reason);
      expect(readDataAbsentReason(written)).toBe(reason);
      expect(readDataAbsentReason(written.code)).toBe(reason);
      expect(readDataAbsentReason({ coding: [written] })).toBe(reason);
    }
    expect(readDataAbsentReason('unknown')).toBe('unknown');
    expect(readDataAbsentReason('masked')).toBeUndefined();
    expect(readDataAbsentReason(undefined)).toBeUndefined();
  });
});
