// No row that can be searched is silent: each, charted, gives its Observations, under their codes.
import type { Resource } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { mappedResources } from '../../profiles/mapped.ts';
import { assessed, needled, questionOf, site, toldOf } from './signs.ts';

const level = { key: 'l1', segment: 'segment-c6', side: 'left' };
const joint = { key: 'j1', joint: 'shoulder', side: 'left', movement: 'abduction' };

/** Row, what is charted, the questions that it answers. */
const ASSESSED: readonly [string, object, string[]][] = [
  ['A09', { mechanisms: [{ key: 'm', mechanism: 'pain-mechanism-mixed' }] }, ['pain-mechanism']],
  ['A14', { pain: [{ key: 'p', value: 3, context: 'pain-rest' }] }, ['pain-rest']],
  ['A19', { scores: [{ key: 's', instrument: 'spadi', score: 40 }] }, ['spadi']],
  ['A22', { segments: [{ key: 'g', segment: 'segment-l5' }] }, ['segment-involved']],
  ['A23', site({ tenderness: { grade: 'mild' } }), ['tenderness']],
  ['A24', { manyTenderPoints: { answer: 'yes', count: 14 } }, ['multiple-tender-points']],
  [
    'A25',
    { paraspinal: [{ ...level, tenderness: 'mild', shortening: 'severe' }] },
    ['paraspinal-tenderness', 'paraspinal-shortening'],
  ],
  ['A26', site({ triggerPoint: { present: 'no' } }), ['trigger-point']],
  ['A27', site({ tautBand: { grade: 'absent' } }), ['taut-band']],
  [
    'A28',
    site({ shortening: { grade: 'severe', contracture: 'yes' } }),
    ['muscle-shortening', 'muscle-contracture'],
  ],
  [
    'A29',
    site({ tone: { hypertonic: 'mild', spasm: 'absent', guarding: 'present' } }),
    ['hypertonic-muscle', 'muscle-spasm', 'muscle-guarding'],
  ],
  ['A30', { motion: [{ ...joint, value: 90, unit: 'deg' }] }, ['range-of-motion']],
  [
    'A31',
    { strength: [{ ...joint, strength: 'strength-4-minus', firing: 'firing-inhibited' }] },
    ['muscle-strength', 'muscle-firing'],
  ],
  ['A32', site({ temperature: { against: 'colder' } }), ['temp-asymmetry']],
  ['A33', site({ hairLoss: 'yes' }), ['localized-hair-loss']],
  ['A34', site({ matchstick: 'yes' }), ['matchstick-test']],
  [
    'A35',
    site({ skinRoll: { thick: 'yes', orangePeel: 'no' } }),
    ['skin-roll-test', 'orange-peel'],
  ],
  ['A36', site({ sweating: 'no' }), ['excess-sweating']],
  ['A37', site({ goosebumps: 'declined' }), ['goosebumps']],
  [
    'A38',
    site({ trophic: { brittleNails: 'no', abnormalSkin: 'yes', text: 'scaly' } }),
    ['brittle-nails', 'abnormal-skin'],
  ],
  [
    'A39',
    {
      neurological: {
        levels: [{ ...level, reflex: 'absent', sensation: 'normal', myotome: 'reduced' }],
        areas: [{ key: 'a', site: { region: 'foot' }, sensation: 'reduced' }],
        rootSigns: 'yes',
      },
    },
    ['reflex', 'sensation', 'myotome', 'sensation', 'root-signs'],
  ],
  ['A41', { suitability: [{ key: 'd', decision: 'suitable' }] }, ['ims-suitability']],
  ['A43', { changes: [{ key: 'c', change: 'worse' }] }, ['interval-change']],
  ['A45', { homeProgramme: 'not-given' }, ['home-programme']],
  [
    'A46',
    site({ tendon: { structure: 'tendon', tenderness: 'mild', thickening: 'absent' } }),
    ['tendon-tenderness', 'tendon-thickening'],
  ],
  ['A47', { tests: [{ key: 't', test: 'Slump', result: 'negative' }] }, ['special-test']],
  ['A48', { redFlags: [{ key: 'r', flag: 'gait-trouble', answer: 'no' }] }, ['red-flag']],
  ['A49', { values: [{ key: 'v', what: 'inr', value: 2 }] }, ['inr']],
];

const NEEDLED: readonly [string, object, string[]][] = [
  ['N13', { twitch: { answer: 'no' } }, ['local-twitch-response']],
  ['N14', { grasp: { grade: 'absent' } }, ['needle-grasp']],
  ['N15', { sensations: ['strange'] }, ['needling-sensation']],
  ['N16', { painReproduced: { answer: 'no' } }, ['pain-reproduced']],
  ['N17', { painOfNeedling: { value: 0 } }, ['pain-needling']],
  ['N18', { result: 'still-tight' }, ['site-result']],
  [
    'N19',
    {
      retest: {
        ...{ shorteningBefore: 'severe', shorteningAfter: 'mild' },
        ...{ tendernessBefore: 'severe', tendernessAfter: 'severe' },
      },
    },
    ['muscle-shortening', 'tenderness', 'muscle-shortening', 'tenderness'],
  ],
];

describe('a row that is charted', () => {
  it.each(ASSESSED)('%s is found by its questions', (_, assessment, questions) => {
    const all = assessed(assessment);
    expect(all.map(questionOf)).toEqual(questions);
    expect(all.filter((one) => toldOf(one).length === 0)).toEqual([]);
  });

  it.each(NEEDLED)('%s is found by its questions', (_, members, questions) => {
    expect(needled(members).map(questionOf)).toEqual(questions);
  });
});

describe('identifiers', () => {
  const values = mappedResources().flatMap(identifiersIn);

  it('fit into an id, whatever the keys of the record', () => {
    expect(values.filter((value) => value.length > 64)).toEqual([]);
    const shape = /^[spev]-[a-z2-7]{16}-[a-z]{1,8}(-[A-Za-z0-9.-]{1,36})?$/;
    expect(values.filter((value) => !shape.test(value))).toEqual([]);
  });
});

function identifiersIn(resource: Resource): string[] {
  const { identifier } = resource as { identifier?: { system: string; value: string }[] };
  return [identifier ?? []]
    .flat()
    .flatMap(({ system, value }) => (system.endsWith('/NamingSystem/record') ? [value] : []));
}
