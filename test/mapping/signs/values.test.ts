// Each kind of value as an Observation holds it, and what stands beside it or in its place.
import { describe, expect, it } from 'vitest';
import {
  assessed,
  assessedOne,
  findingOf,
  needled,
  only,
  partsOf,
  questionOf,
  said,
  site,
  toldOf,
} from './signs.ts';

describe('a grade', () => {
  it.each([
    ['present', 'present', '247348008'],
    ['mild', 'mild', '247348008'],
    ['severe', 'severe', '247348008'],
    ['absent', 'absent', undefined],
    ['not-tested', '? not-performed', undefined],
  ])('%s is said as it is, with the finding only where it is there', (grade, value, finding) => {
    const one = assessedOne(site({ tenderness: { grade } }));
    expect(said(one)).toBe(value);
    expect(findingOf(one)).toBe(finding);
  });

  it('keeps the words of the chart beside it, in the text and in the narrative', () => {
    const one = assessedOne(site({ tautBand: { grade: 'present', asWritten: { grade: '++' } } }));
    expect(one.valueCodeableConcept).toMatchObject({
      extension: [
        { url: 'https://ims-fhir.org/fhir/StructureDefinition/as-written', valueString: '++' },
      ],
      text: '++',
    });
    expect(toldOf(one)).toEqual([
      'Taut band: present, as written "++"',
      'Where: Right infraspinatus',
    ]);
  });

  it('that is only written is words, and no finding', () => {
    const one = assessedOne(site({ tenderness: { asWritten: { grade: 'jumps' } } }));
    expect(said(one)).toBe('"jumps"');
    expect(findingOf(one)).toBeUndefined();
  });

  it('that is missing says why', () => {
    const one = assessedOne(site({ shortening: { absent: { grade: 'declined' } } }));
    expect(said(one)).toBe('? asked-declined');
  });

  it('is missing at a site whose group is missing as a whole, for each of its questions', () => {
    const all = assessed(site({ absent: { tone: 'not-tested' } }));
    expect(all.map(questionOf)).toEqual(['hypertonic-muscle', 'muscle-spasm', 'muscle-guarding']);
    expect(all.map(said)).toEqual(Array(3).fill('? not-performed'));
  });

  it('is never read out of words that stand for several questions at once', () => {
    expect(assessed(site({ asWritten: { tone: 'tight ++' } }))).toEqual([]);
    expect(said(assessedOne(site({ asWritten: { tautBand: 'ropey' } })))).toBe('"ropey"');
  });
});

describe('an answer', () => {
  it.each([
    ['yes', '373066001', '278040002'],
    ['no', '373067005', undefined],
    ['unknown', '? asked-unknown', undefined],
    ['not-asked', '? not-asked', undefined],
    ['declined', '? asked-declined', undefined],
    ['not-applicable', '? not-applicable', undefined],
  ])('%s is a value or a reason, with the finding beside a yes only', (answer, value, finding) => {
    const one = assessedOne(site({ hairLoss: answer }));
    expect(said(one)).toBe(value);
    expect(findingOf(one)).toBe(finding);
  });

  it('to something else than the value is a component', () => {
    const one = assessedOne(
      site({ tenderness: { grade: 'severe', motorPoint: 'unknown', tissue: 'muscle' } }),
    );
    expect(partsOf(one)).toMatchObject({ 'motor-point': '? asked-unknown', tissue: 'muscle' });
  });

  it('to a detail makes the Observation where the question itself is silent', () => {
    const one = assessedOne(site({ triggerPoint: { state: 'trigger-point-latent' } }));
    expect(said(one)).toBe('? unknown');
    expect(partsOf(one)['trigger-point-state']).toBe('trigger-point-latent');
    expect(toldOf(one)[0]).toBe('Trigger point: not said');
  });

  it('is not made by what it would be about alone', () => {
    expect(assessed(site({ tenderness: { tissue: 'muscle' } }))).toEqual([]);
  });

  it('to contracture has SNOMED CT’s disorder beside a yes only, not beside the shortening', () => {
    const [short, contracture] = assessed(
      site({ shortening: { grade: 'severe', contracture: 'yes' } }),
    );
    expect([short, contracture].map((one) => one && findingOf(one))).toEqual([
      undefined,
      '55033002',
    ]);
    const [, denied] = assessed(site({ shortening: { grade: 'severe', contracture: 'no' } }));
    expect(denied && findingOf(denied)).toBeUndefined();
  });
});

describe('a level', () => {
  const level = (members: object) => ({
    neurological: { levels: [{ key: 'l1', segment: 'segment-c6', side: 'left', ...members }] },
  });

  it.each([
    ['increased', 'increased', '86854008'],
    ['normal', 'normal', undefined],
    ['reduced', 'reduced', undefined],
    ['absent', 'absent', undefined],
    ['not-tested', '? not-performed', undefined],
  ])('%s of a reflex', (reflex, value, finding) => {
    const one = assessedOne(level({ reflex }));
    expect(said(one)).toBe(value);
    expect(findingOf(one)).toBe(finding);
    expect(partsOf(one)).toMatchObject({ 'site-segment': 'segment-c6', 'site-side': 'left' });
  });

  it('of reflex, sensation and myotome are three Observations of one entry', () => {
    const all = assessed(level({ reflex: 'normal', sensation: 'reduced', myotome: 'normal' }));
    expect(all.map(questionOf)).toEqual(['reflex', 'sensation', 'myotome']);
    expect(new Set(all.map(({ identifier }) => identifier?.[0]?.value)).size).toBe(3);
  });
});

describe('a number', () => {
  const motion = (members: object) => ({
    motion: [{ key: 'm1', joint: 'shoulder', side: 'left', movement: 'abduction', ...members }],
  });

  it('has the unit that the chart gives it, in UCUM', () => {
    const one = assessedOne(motion({ value: 150, unit: 'deg' }));
    expect(one.valueQuantity).toEqual({
      value: 150,
      unit: '°',
      system: 'http://unitsofmeasure.org',
      code: 'deg',
    });
    expect(toldOf(one)[0]).toBe('Range of motion, abduction: 150 degrees');
  });

  it('without a unit is the number alone', () => {
    expect(assessedOne(motion({ value: 150 })).valueQuantity).toEqual({ value: 150 });
  });

  it('that is a range is one, open ends as well', () => {
    expect(said(assessedOne(motion({ value: { low: 110, high: 115 }, unit: 'deg' })))).toBe(
      '110..115',
    );
    expect(said(assessedOne(motion({ value: { low: 110 }, unit: 'deg' })))).toBe('110..');
  });

  it('reached as a landmark is words', () => {
    expect(said(assessedOne(motion({ asWritten: { value: 'hand to L5' } })))).toBe('"hand to L5"');
  });

  it('of a temperature difference stands beside the word, or in its place', () => {
    const both = assessedOne(site({ temperature: { against: 'colder', differenceK: -1.2 } }));
    expect(said(both)).toBe('colder');
    expect(partsOf(both)).toMatchObject({ 'temp-difference': '-1.2 K', finding: '424818000' });
    const alone = assessedOne(site({ temperature: { differenceK: -1.2 } }));
    expect(alone.valueQuantity).toMatchObject({ value: -1.2, unit: '°C', code: 'K' });
    expect(findingOf(alone)).toBeUndefined();
    expect(findingOf(assessedOne(site({ temperature: { against: 'same' } })))).toBeUndefined();
  });
});

describe('several codes', () => {
  it('are words in the value and a component each', () => {
    const one = only(needled({ sensations: ['ache', 'twitch-felt'] }));
    expect(one.valueCodeableConcept).toEqual({ text: 'Aching, Twitch felt' });
    expect(partsOf(one)['sensation-felt']).toBe('ache + twitch-felt');
  });

  it('that are one are the value as well', () => {
    const one = only(needled({ sensations: ['painless'] }));
    expect(said(one)).toBe('painless');
    expect(partsOf(one)['sensation-felt']).toBe('painless');
  });
});

describe('a limitation', () => {
  const limited = (limitation: string, mode?: string) =>
    assessedOne({
      motion: [{ key: 'm1', joint: 'shoulder', movement: 'flexion', mode, limitation }],
    });

  it.each([
    ['moderate', 'rom-active', '298222004'],
    ['moderate', 'rom-passive', '70733008'],
    ['mild', undefined, '70733008'],
    ['absent', 'rom-active', undefined],
    ['not-tested', 'rom-active', undefined],
  ])('%s of a movement that is %s', (limitation, mode, finding) => {
    expect(findingOf(limited(limitation, mode))).toBe(finding);
  });

  it('is no range: the value says that none was given', () => {
    expect(said(limited('moderate'))).toBe('? unknown');
  });
});
