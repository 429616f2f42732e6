// Observations of pain, retests, needling responses, red flags, special tests, scores and decisions.
import { describe, expect, it } from 'vitest';
import { anImsRecord, aSession, aSite } from '../../records.ts';
import {
  assessmentObservation,
  assessmentObservations,
  componentValues,
  findingOf,
  narrativeLines,
  narrativeOf,
  needlingObservations,
  observationsOf,
  only,
  questionOf,
  shortValue,
} from './inspect.ts';

const codesOf = (assessment: object) =>
  assessmentObservation(assessment).code?.coding?.map(({ code }) => code);

describe('a pain score', () => {
  const score = (members: object) => ({ pain: [{ key: 'p1', value: 5, ...members }] });

  it.each([
    [{ context: 'pain-current' }, ['pain-current', '72514-3']],
    [{ context: 'pain-current', scale: 'nrs' }, ['pain-current', '72514-3']],
    [{ context: 'pain-current', scale: 'faces' }, ['pain-current', '38221-8']],
    [{ context: 'pain-current', scale: 'vas' }, ['pain-current', '38214-3']],
    [{ context: 'pain-current', scale: 'other', text: 'own scale' }, ['pain-current']],
    [{ context: 'pain-past-week', scale: 'nrs' }, ['pain-past-week', '75893-8']],
    [{ context: 'pain-past-week', scale: 'vas' }, ['pain-past-week']],
    [{ context: 'pain-activity' }, ['pain-activity', '100195-7']],
    [{ context: 'pain-worst' }, ['pain-worst']],
    [{ context: 'pain-rest' }, ['pain-rest']],
    [{ context: 'pain-night' }, ['pain-night']],
  ])('%o has the codes %o', (members, codes) => {
    expect(codesOf(score(members))).toEqual(codes);
  });

  it('of a kind named in words only has the generic code', () => {
    const observation = assessmentObservation(
      score({ asWritten: { context: 'after the long drive' } }),
    );
    expect(observation.code).toMatchObject({
      coding: [{ code: 'pain-score' }],
      text: 'after the long drive',
    });
  });

  it('of the needling itself is never coded as the pain of the patient', () => {
    const observation = only(needlingObservations({ painOfNeedling: { value: 4, scale: 'nrs' } }));
    expect(observation.code?.coding?.map(({ code }) => code)).toEqual(['pain-needling']);
  });
});

describe('a retest', () => {
  const twice = (baseline: unknown) => ({
    strength: [
      {
        key: 'before',
        joint: 'hip',
        movement: 'abduction',
        strength: 'strength-3',
        moment: 'before',
      },
      {
        ...{ key: 'after', joint: 'hip', movement: 'abduction', strength: 'strength-4' },
        ...{ moment: 'after', baseline },
      },
    ],
  });
  const baselineOf = (
    observation: { extension?: { url: string; valueReference?: unknown }[] } | undefined,
  ) =>
    observation?.extension?.find(({ url }) => url.endsWith('/baseline'))?.valueReference as
      | { reference?: string; identifier?: { value?: string } }
      | undefined;

  it('references the earlier value of the same visit', () => {
    const [after, before] = assessmentObservations(twice('before'));
    expect(after && componentValues(after).moment).toBe('after');
    expect(baselineOf(after)?.reference).toMatch(/^urn:uuid:/);
    expect(baselineOf(after)?.identifier?.value).toBe(before?.identifier?.[0]?.value);
    expect(baselineOf(before)).toBeUndefined();
  });

  it('references the earlier value of another record by identifier only', () => {
    const [after] = assessmentObservations(twice({ recordId: 'visit-0', key: 'before' }));
    expect(baselineOf(after)?.reference).toBeUndefined();
    expect(baselineOf(after)?.identifier?.value).toMatch(/^v-[a-z2-7]{16}-strength-before$/);
  });

  it('at a needled site has the value before needling as its baseline', () => {
    const all = needlingObservations({
      retest: { shorteningBefore: 'severe', shorteningAfter: 'mild' },
    });
    const [before, after] = all;
    expect(all.map(questionOf)).toEqual(['muscle-shortening', 'muscle-shortening']);
    expect(all.map((observation) => componentValues(observation).moment)).toEqual([
      'before',
      'after',
    ]);
    expect(baselineOf(after)?.identifier?.value).toBe(before?.identifier?.[0]?.value);
    expect(narrativeLines(after as never)[0]).toBe(
      'Muscle shortening, straight after needling: mild',
    );
  });

  it('that was not made gives the reason for the values after needling only', () => {
    const all = needlingObservations({ absent: { retest: 'not-tested' } });
    expect(
      all.map((observation) => [componentValues(observation).moment, shortValue(observation)]),
    ).toEqual([
      ['after', '? not-performed'],
      ['after', '? not-performed'],
    ]);
  });
});

describe('a finding about a complaint', () => {
  const complaintsOf = (complaintKeys?: string[]) => {
    const episode = { id: 'e1', complaints: ['neck', 'knee'].map((key) => ({ key, text: key })) };
    const pain = [{ key: 'p1', value: 5, context: 'pain-rest', complaintKeys }];
    const [observation] = observationsOf(anImsRecord({ episode, assessment: { pain } }));
    return observation?.extension?.filter(({ url }) => url.endsWith('/complaint')) ?? [];
  };

  it('references the Condition of its complaint, and none where the chart names none', () => {
    const [observation, ...more] = complaintsOf(['knee']);
    expect(more).toEqual([]);
    expect(observation?.valueReference?.identifier?.value).toMatch(/-cond-knee$/);
    expect(complaintsOf()).toEqual([]);
  });
});

describe('a response to needling', () => {
  it('is part of the session and belongs to one site', () => {
    const all = needlingObservations({
      twitch: { answer: 'yes', count: 3, feltByPatient: 'no' },
      grasp: { grade: 'strong' },
      painReproduced: { answer: 'yes', refersTo: [{ region: 'hand', side: 'right' }] },
      result: 'released',
    });
    expect(all.map(questionOf)).toEqual([
      'local-twitch-response',
      'needle-grasp',
      'pain-reproduced',
      'site-result',
    ]);
    for (const observation of all) {
      expect(observation.partOf?.[0]?.type).toBe('Procedure');
      expect(observation.effectiveDateTime).toBe('2026-03-02T09:20:00-08:00');
      expect(observation.bodySite?.text).toBe('Right infraspinatus');
      expect(componentValues(observation)).toMatchObject({
        'site-number': 's1',
        'site-side': 'right',
      });
    }
    expect(componentValues(all[0] as never)).toMatchObject({
      'twitch-count': '3 {count}',
      'felt-by-patient': '373067005',
    });
    expect(componentValues(all[2] as never)['refers-to']).toBe('hand');
    expect(narrativeLines(all[2] as never)[1]).toBe('Refers to: Right hand');
  });
});

describe('a red flag', () => {
  const flagged = (members: object) =>
    assessmentObservation({ redFlags: [{ key: 'r1', ...members }] });

  it.each([
    ['yes', '373066001', '29857009'],
    ['no', '373067005', undefined],
    ['declined', '? asked-declined', undefined],
  ])(
    'answered %s has the code of the question, and the finding component only for a yes',
    (...row) => {
      const [answer, value, finding] = row;
      const observation = flagged({ flag: 'chest-pain', answer });
      expect(observation.code).toEqual({
        coding: [
          expect.objectContaining({ code: 'red-flag' }),
          expect.objectContaining({ code: 'chest-pain' }),
        ],
        text: 'Red flag: chest pain',
      });
      expect(shortValue(observation)).toBe(value);
      expect(findingOf(observation)).toBe(finding);
    },
  );

  it('named in words only has them as the text of its code', () => {
    const observation = flagged({ flag: 'other', text: 'sudden double vision', answer: 'yes' });
    expect(observation.code?.text).toBe('Red flag: sudden double vision');
    expect(observation.code?.coding).toHaveLength(1);
  });

  it('answered yes follows the contraindications in every narrative of the visit', () => {
    const record = anImsRecord({
      assessment: { redFlags: [{ key: 'r1', flag: 'night-pain', answer: 'yes' }] },
      session: aSession({ sites: [aSite()] }),
    });
    expect(observationsOf(record)).toHaveLength(1);
    for (const type of ['Encounter', 'QuestionnaireResponse', 'Procedure']) {
      const text = narrativeOf(record, type);
      const contraindications = text.indexOf('Contraindications and precautions');
      const flag = text.indexOf('night pain');
      expect(contraindications, type).toBeGreaterThan(-1);
      expect(flag, type).toBeGreaterThan(contraindications);
      expect(text.slice(contraindications, flag).match(/<p>/g), type).toHaveLength(1);
    }
  });
});

describe('a special test', () => {
  const tested = (members: object) =>
    assessmentObservation({ tests: [{ key: 't1', test: 'Slump', side: 'left', ...members }] });

  it('has its name as the text of the code and at the start of the narrative', () => {
    const observation = tested({ result: 'positive', painful: 'yes' });
    expect(observation.code).toMatchObject({ coding: [{ code: 'special-test' }], text: 'Slump' });
    expect(observation.valueCodeableConcept?.coding?.map(({ code }) => code)).toEqual([
      'positive',
      '10828004',
    ]);
    expect(narrativeLines(observation)).toEqual(['Slump: positive', 'Side: left', 'Painful: yes']);
  });

  it('has a number as a component of its result, or as its value', () => {
    const both = tested({ result: 'positive', value: 40, unit: 'deg' });
    expect([shortValue(both), componentValues(both)['test-value']]).toEqual(['positive', '40 deg']);
    expect(shortValue(tested({ value: 12, unit: 's' }))).toBe('12 s');
    expect(tested({ value: 12, unit: 'swings' }).valueQuantity).toEqual({
      value: 12,
      unit: 'swings',
    });
  });
});

describe('a score, a change and a decision', () => {
  const scored = (members: object) => ({ scores: [{ key: 'f1', score: 5, ...members }] });

  it.each([
    [{ instrument: 'peg', unit: '{score}' }, ['peg', '91148-7']],
    [{ instrument: 'peg', part: 'enjoyment of life' }, ['peg']],
    [{ instrument: 'peg', unit: '%' }, ['peg']],
    [{ instrument: 'ndi', unit: '%' }, ['ndi']],
    [{ asWritten: { instrument: 'DASH' } }, ['function-score']],
  ])('a score of %o has the codes %o', (members, codes) => {
    expect(codesOf(scored(members))).toEqual(codes);
  });

  it('a score has its own date, and no time where the date is in words', () => {
    expect(
      assessmentObservation(scored({ instrument: 'ndi', date: '2026-04' })).effectiveDateTime,
    ).toBe('2026-04');
    const words = scored({ instrument: 'ndi', date: { dateText: 'last spring' } });
    expect(assessmentObservation(words).effectiveDateTime).toBeUndefined();
  });

  it.each([
    ['better', '268910001'],
    ['worse', '271299001'],
    ['same', undefined],
    ['unknown', undefined],
  ])('the finding of a change that is %s', (change, finding) => {
    expect(findingOf(assessmentObservation({ changes: [{ key: 'c1', change }] }))).toBe(finding);
  });

  it('a decision has its sites and the date until which it is deferred', () => {
    const observation = assessmentObservation({
      suitability: [
        {
          ...{ key: 'd1', decision: 'defer', deferUntil: '2026-06-01', decidedBy: 'clinician' },
          sites: [{ muscle: 'infraspinatus', side: 'right' }],
          rationale: 'letter awaited',
        },
      ],
    });
    expect(componentValues(observation)).toMatchObject({
      'deferred-until': '2026-06-01',
      'suitability-site': 'infraspinatus',
      'decided-by': 'clinician',
    });
    expect(narrativeLines(observation)).toContain('Rationale: letter awaited');
  });
});
