// Each kind of value of an Observation, with its components and narrative.
import { describe, expect, it } from 'vitest';
import {
  assessmentObservation,
  assessmentObservations,
  componentValues,
  examinedSite,
  findingOf,
  narrativeLines,
  needlingObservations,
  only,
  questionOf,
  shortValue,
} from './inspect.ts';

describe('a grade', () => {
  it.each([
    ['present', 'present', '247348008'],
    ['mild', 'mild', '247348008'],
    ['severe', 'severe', '247348008'],
    ['absent', 'absent', undefined],
    ['not-tested', '? not-performed', undefined],
  ])(
    '%s is the value, with the finding component only where it is present',
    (grade, value, finding) => {
      const observation = assessmentObservation(examinedSite({ tenderness: { grade } }));
      expect(shortValue(observation)).toBe(value);
      expect(findingOf(observation)).toBe(finding);
    },
  );

  it('keeps the chart’s own words in an extension, the text and the narrative', () => {
    const observation = assessmentObservation(
      examinedSite({ tautBand: { grade: 'present', asWritten: { grade: '++' } } }),
    );
    expect(observation.valueCodeableConcept).toMatchObject({
      extension: [
        { url: 'https://ims-fhir.org/fhir/StructureDefinition/as-written', valueString: '++' },
      ],
      text: '++',
    });
    expect(narrativeLines(observation)).toEqual([
      'Taut band: present, as written "++"',
      'Where: Right infraspinatus',
    ]);
  });

  it('in words only is text without a finding', () => {
    const observation = assessmentObservation(
      examinedSite({ tenderness: { asWritten: { grade: 'jumps' } } }),
    );
    expect(shortValue(observation)).toBe('"jumps"');
    expect(findingOf(observation)).toBeUndefined();
  });

  it('that is missing has the reason', () => {
    const observation = assessmentObservation(
      examinedSite({ shortening: { absent: { grade: 'declined' } } }),
    );
    expect(shortValue(observation)).toBe('? asked-declined');
  });

  it('is missing for each question of a group that is missing as a whole', () => {
    const all = assessmentObservations(examinedSite({ absent: { tone: 'not-tested' } }));
    expect(all.map(questionOf)).toEqual(['hypertonic-muscle', 'muscle-spasm', 'muscle-guarding']);
    expect(all.map(shortValue)).toEqual(Array(3).fill('? not-performed'));
  });

  it('is never taken from words that cover several questions', () => {
    expect(assessmentObservations(examinedSite({ asWritten: { tone: 'tight ++' } }))).toEqual([]);
    expect(
      shortValue(assessmentObservation(examinedSite({ asWritten: { tautBand: 'ropey' } }))),
    ).toBe('"ropey"');
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
  ])(
    '%s is a value or a reason, with the finding component only for a yes',
    (answer, value, finding) => {
      const observation = assessmentObservation(examinedSite({ hairLoss: answer }));
      expect(shortValue(observation)).toBe(value);
      expect(findingOf(observation)).toBe(finding);
    },
  );

  it('to another question of the object is a component', () => {
    const observation = assessmentObservation(
      examinedSite({ tenderness: { grade: 'severe', motorPoint: 'unknown', tissue: 'muscle' } }),
    );
    expect(componentValues(observation)).toMatchObject({
      'motor-point': '? asked-unknown',
      tissue: 'muscle',
    });
  });

  it('to a detail is enough for an Observation without a value', () => {
    const observation = assessmentObservation(
      examinedSite({ triggerPoint: { state: 'trigger-point-latent' } }),
    );
    expect(shortValue(observation)).toBe('? unknown');
    expect(componentValues(observation)['trigger-point-state']).toBe('trigger-point-latent');
    expect(narrativeLines(observation)[0]).toBe('Trigger point: not recorded');
  });

  it('is not created from a qualifier alone', () => {
    expect(assessmentObservations(examinedSite({ tenderness: { tissue: 'muscle' } }))).toEqual([]);
  });

  it('to contracture has the SNOMED CT disorder only for a yes, and not for the shortening', () => {
    const [short, contracture] = assessmentObservations(
      examinedSite({ shortening: { grade: 'severe', contracture: 'yes' } }),
    );
    expect(
      [short, contracture].map((observation) => observation && findingOf(observation)),
    ).toEqual([undefined, '55033002']);
    const [, denied] = assessmentObservations(
      examinedSite({ shortening: { grade: 'severe', contracture: 'no' } }),
    );
    expect(denied && findingOf(denied)).toBeUndefined();
  });
});

describe('a spinal level', () => {
  const level = (members: object) => ({
    neurological: { levels: [{ key: 'l1', segment: 'segment-c6', side: 'left', ...members }] },
  });

  it.each([
    ['increased', 'increased', '86854008'],
    ['normal', 'normal', undefined],
    ['reduced', 'reduced', undefined],
    ['absent', 'absent', undefined],
    ['not-tested', '? not-performed', undefined],
  ])('with a reflex that is %s', (reflex, value, finding) => {
    const observation = assessmentObservation(level({ reflex }));
    expect(shortValue(observation)).toBe(value);
    expect(findingOf(observation)).toBe(finding);
    expect(componentValues(observation)).toMatchObject({
      'site-segment': 'segment-c6',
      'site-side': 'left',
    });
  });

  it('with reflex, sensation and myotome gives three Observations', () => {
    const all = assessmentObservations(
      level({ reflex: 'normal', sensation: 'reduced', myotome: 'normal' }),
    );
    expect(all.map(questionOf)).toEqual(['reflex', 'sensation', 'myotome']);
    expect(new Set(all.map(({ identifier }) => identifier?.[0]?.value)).size).toBe(3);
  });
});

describe('a number', () => {
  const motion = (members: object) => ({
    motion: [{ key: 'm1', joint: 'shoulder', side: 'left', movement: 'abduction', ...members }],
  });

  it('has the unit of the chart in UCUM', () => {
    const observation = assessmentObservation(motion({ value: 150, unit: 'deg' }));
    expect(observation.valueQuantity).toEqual({
      value: 150,
      unit: '°',
      system: 'http://unitsofmeasure.org',
      code: 'deg',
    });
    expect(narrativeLines(observation)[0]).toBe('Range of motion, abduction: 150 degrees');
  });

  it('without a unit is a plain number', () => {
    expect(assessmentObservation(motion({ value: 150 })).valueQuantity).toEqual({ value: 150 });
  });

  it('can be a range, also with one open end', () => {
    expect(
      shortValue(assessmentObservation(motion({ value: { low: 110, high: 115 }, unit: 'deg' }))),
    ).toBe('110..115');
    expect(shortValue(assessmentObservation(motion({ value: { low: 110 }, unit: 'deg' })))).toBe(
      '110..',
    );
  });

  it('charted as a landmark is text', () => {
    expect(shortValue(assessmentObservation(motion({ asWritten: { value: 'hand to L5' } })))).toBe(
      '"hand to L5"',
    );
  });

  it('of a temperature difference is a component of the grade, or the value without one', () => {
    const both = assessmentObservation(
      examinedSite({ temperature: { against: 'colder', differenceK: -1.2 } }),
    );
    expect(shortValue(both)).toBe('colder');
    expect(componentValues(both)).toMatchObject({
      'temp-difference': '-1.2 K',
      finding: '424818000',
    });
    const alone = assessmentObservation(examinedSite({ temperature: { differenceK: -1.2 } }));
    expect(alone.valueQuantity).toMatchObject({ value: -1.2, unit: '°C', code: 'K' });
    expect(findingOf(alone)).toBeUndefined();
    expect(
      findingOf(assessmentObservation(examinedSite({ temperature: { against: 'same' } }))),
    ).toBeUndefined();
  });
});

describe('several codes', () => {
  it('are text in the value and one component each', () => {
    const observation = only(needlingObservations({ sensations: ['ache', 'twitch-felt'] }));
    expect(observation.valueCodeableConcept).toEqual({ text: 'Aching, Twitch felt' });
    expect(componentValues(observation)['sensation-felt']).toBe('ache + twitch-felt');
  });

  it('with a single code have it as the value too', () => {
    const observation = only(needlingObservations({ sensations: ['painless'] }));
    expect(shortValue(observation)).toBe('painless');
    expect(componentValues(observation)['sensation-felt']).toBe('painless');
  });
});

describe('a limitation', () => {
  const limited = (limitation: string, mode?: string) =>
    assessmentObservation({
      motion: [{ key: 'm1', joint: 'shoulder', movement: 'flexion', mode, limitation }],
    });

  it.each([
    ['moderate', 'rom-active', '298222004'],
    ['moderate', 'rom-passive', '70733008'],
    ['mild', undefined, '70733008'],
    ['absent', 'rom-active', undefined],
    ['not-tested', 'rom-active', undefined],
  ])('%s with the mode %s has its finding', (limitation, mode, finding) => {
    expect(findingOf(limited(limitation, mode))).toBe(finding);
  });

  it('alone gives no range of motion: the value is missing with a reason', () => {
    expect(shortValue(limited('moderate'))).toBe('? unknown');
  });
});
