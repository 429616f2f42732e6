// Rows of the dictionary, each by what is particular to it.
import { describe, expect, it } from 'vitest';
import { recordOf } from '../../safety/record.ts';
import {
  assessed,
  assessedOne,
  findingOf,
  narrativeOf,
  needled,
  observationsOf,
  only,
  partsOf,
  questionOf,
  said,
  toldOf,
} from './signs.ts';

const codesOf = (assessment: object) =>
  assessedOne(assessment).code?.coding?.map(({ code }) => code);

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

  it('of a kind that only words name is none of the kinds that have a code', () => {
    const one = assessedOne(score({ asWritten: { context: 'after the long drive' } }));
    expect(one.code).toMatchObject({
      coding: [{ code: 'pain-score' }],
      text: 'after the long drive',
    });
  });

  it('of the needling itself is never the pain of the patient', () => {
    const one = only(needled({ painOfNeedling: { value: 4, scale: 'nrs' } }));
    expect(one.code?.coding?.map(({ code }) => code)).toEqual(['pain-needling']);
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
    one: { extension?: { url: string; valueReference?: unknown }[] } | undefined,
  ) =>
    one?.extension?.find(({ url }) => url.endsWith('/baseline'))?.valueReference as
      | { reference?: string; identifier?: { value?: string } }
      | undefined;

  it('points to the earlier value of its own visit', () => {
    const [after, before] = assessed(twice('before'));
    expect(after && partsOf(after).moment).toBe('after');
    expect(baselineOf(after)?.reference).toMatch(/^urn:uuid:/);
    expect(baselineOf(after)?.identifier?.value).toBe(before?.identifier?.[0]?.value);
    expect(baselineOf(before)).toBeUndefined();
  });

  it('names the earlier value of another record without claiming that it is here', () => {
    const [after] = assessed(twice({ recordId: 'visit-0', key: 'before' }));
    expect(baselineOf(after)?.reference).toBeUndefined();
    expect(baselineOf(after)?.identifier?.value).toMatch(/^v-[a-z2-7]{16}-strength-before$/);
  });

  it('at a needled site is compared with what the same site was before', () => {
    const all = needled({ retest: { shorteningBefore: 'severe', shorteningAfter: 'mild' } });
    const [before, after] = all;
    expect(all.map(questionOf)).toEqual(['muscle-shortening', 'muscle-shortening']);
    expect(all.map((one) => partsOf(one).moment)).toEqual(['before', 'after']);
    expect(baselineOf(after)?.identifier?.value).toBe(before?.identifier?.[0]?.value);
    expect(toldOf(after as never)[0]).toBe('Muscle shortening, straight after needling: mild');
  });

  it('that nobody made says nothing of what was found before', () => {
    const all = needled({ absent: { retest: 'not-tested' } });
    expect(all.map((one) => [partsOf(one).moment, said(one)])).toEqual([
      ['after', '? not-performed'],
      ['after', '? not-performed'],
    ]);
  });
});

describe('a finding about a complaint', () => {
  const told = (complaintKeys?: string[]) => {
    const episode = { id: 'e1', complaints: ['neck', 'knee'].map((key) => ({ key, text: key })) };
    const pain = [{ key: 'p1', value: 5, context: 'pain-rest', complaintKeys }];
    const [one] = observationsOf(recordOf({ others: { episode, assessment: { pain } } }));
    return one?.extension?.filter(({ url }) => url.endsWith('/complaint')) ?? [];
  };

  it('points to its Condition, and to none where the chart does not say which', () => {
    const [one, ...more] = told(['knee']);
    expect(more).toEqual([]);
    expect(one?.valueReference?.identifier?.value).toMatch(/-cond-knee$/);
    expect(told()).toEqual([]);
  });
});

describe('a response to needling', () => {
  it('belongs to the session and to one site', () => {
    const all = needled({
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
    for (const one of all) {
      expect(one.partOf?.[0]?.type).toBe('Procedure');
      expect(one.effectiveDateTime).toBe('2026-05-20T09:20:00-07:00');
      expect(one.bodySite?.text).toBe('Right infraspinatus');
      expect(partsOf(one)).toMatchObject({ 'site-number': 's1', 'site-side': 'right' });
    }
    expect(partsOf(all[0] as never)).toMatchObject({
      'twitch-count': '3 {count}',
      'felt-by-patient': '373067005',
    });
    expect(partsOf(all[2] as never)['refers-to']).toBe('hand');
    expect(toldOf(all[2] as never)[1]).toBe('Refers to: Right hand');
  });
});

describe('a red flag', () => {
  const flagged = (members: object) => assessedOne({ redFlags: [{ key: 'r1', ...members }] });

  it.each([
    ['yes', '373066001', '29857009'],
    ['no', '373067005', undefined],
    ['declined', '? asked-declined', undefined],
  ])('answered %s is the question, and the finding stands beside a yes only', (...row) => {
    const [answer, value, finding] = row;
    const one = flagged({ flag: 'chest-pain', answer });
    expect(one.code).toEqual({
      coding: [
        expect.objectContaining({ code: 'red-flag' }),
        expect.objectContaining({ code: 'chest-pain' }),
      ],
      text: 'Red flag: chest pain',
    });
    expect(said(one)).toBe(value);
    expect(findingOf(one)).toBe(finding);
  });

  it('that only words name is named by them', () => {
    const one = flagged({ flag: 'other', text: 'sudden double vision', answer: 'yes' });
    expect(one.code?.text).toBe('Red flag: sudden double vision');
    expect(one.code?.coding).toHaveLength(1);
  });

  it('answered yes stands behind the contraindications in every resource that tells of the visit', () => {
    const record = recordOf({
      sites: ['s1'],
      others: { assessment: { redFlags: [{ key: 'r1', flag: 'night-pain', answer: 'yes' }] } },
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

describe('a test that its name alone tells from others', () => {
  const tested = (members: object) =>
    assessedOne({ tests: [{ key: 't1', test: 'Slump', side: 'left', ...members }] });

  it('has its name as the text of the code, and as the first word of the narrative', () => {
    const one = tested({ result: 'positive', painful: 'yes' });
    expect(one.code).toMatchObject({ coding: [{ code: 'special-test' }], text: 'Slump' });
    expect(one.valueCodeableConcept?.coding?.map(({ code }) => code)).toEqual([
      'positive',
      '10828004',
    ]);
    expect(toldOf(one)).toEqual(['Slump: positive', 'Side: left', 'Painful: yes']);
  });

  it('has a number beside its result, or in its place', () => {
    const both = tested({ result: 'positive', value: 40, unit: 'deg' });
    expect([said(both), partsOf(both)['test-value']]).toEqual(['positive', '40 deg']);
    expect(said(tested({ value: 12, unit: 's' }))).toBe('12 s');
    expect(tested({ value: 12, unit: 'swings' }).valueQuantity).toEqual({
      value: 12,
      unit: 'swings',
    });
  });
});

describe('function, progress and decision', () => {
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

  it('a score is as old as its own date, and of no time where that is only words', () => {
    expect(assessedOne(scored({ instrument: 'ndi', date: '2026-04' })).effectiveDateTime).toBe(
      '2026-04',
    );
    const words = scored({ instrument: 'ndi', date: { dateText: 'last spring' } });
    expect(assessedOne(words).effectiveDateTime).toBeUndefined();
  });

  it.each([
    ['better', '268910001'],
    ['worse', '271299001'],
    ['same', undefined],
    ['unknown', undefined],
  ])('a change that is %s', (change, finding) => {
    expect(findingOf(assessedOne({ changes: [{ key: 'c1', change }] }))).toBe(finding);
  });

  it('a decision names where it holds and until when', () => {
    const one = assessedOne({
      suitability: [
        {
          ...{ key: 'd1', decision: 'defer', deferUntil: '2026-06-01', decidedBy: 'clinician' },
          sites: [{ muscle: 'infraspinatus', side: 'right' }],
          rationale: 'letter awaited',
        },
      ],
    });
    expect(partsOf(one)).toMatchObject({
      'deferred-until': '2026-06-01',
      'suitability-site': 'infraspinatus',
      'decided-by': 'clinician',
    });
    expect(toldOf(one)).toContain('Rationale: letter awaited');
  });
});
