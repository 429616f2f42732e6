// Every searchable row of the dictionary becomes Observations with the codes of its questions.
import type { Resource } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { mappedResources } from '../../profiles/mapped.ts';
import {
  assessmentObservations,
  examinedSite,
  narrativeLines,
  needlingObservations,
  questionOf,
} from './inspect.ts';

const level = { key: 'l1', segment: 'segment-c6', side: 'left' };
const joint = { key: 'j1', joint: 'shoulder', side: 'left', movement: 'abduction' };

/** Row of the dictionary, what is charted, the questions that it answers. */
const ASSESSED: readonly [string, object, string[]][] = [
  ['A09', { mechanisms: [{ key: 'm', mechanism: 'pain-mechanism-mixed' }] }, ['pain-mechanism']],
  ['A14', { pain: [{ key: 'p', value: 3, context: 'pain-rest' }] }, ['pain-rest']],
  ['A19', { scores: [{ key: 's', instrument: 'spadi', score: 40 }] }, ['spadi']],
  ['A22', { segments: [{ key: 'g', segment: 'segment-l5' }] }, ['segment-involved']],
  ['A23', examinedSite({ tenderness: { grade: 'mild' } }), ['tenderness']],
  ['A24', { manyTenderPoints: { answer: 'yes', count: 14 } }, ['multiple-tender-points']],
  [
    'A25',
    { paraspinal: [{ ...level, tenderness: 'mild', shortening: 'severe' }] },
    ['paraspinal-tenderness', 'paraspinal-shortening'],
  ],
  ['A26', examinedSite({ triggerPoint: { present: 'no' } }), ['trigger-point']],
  ['A27', examinedSite({ tautBand: { grade: 'absent' } }), ['taut-band']],
  [
    'A28',
    examinedSite({ shortening: { grade: 'severe', contracture: 'yes' } }),
    ['muscle-shortening', 'muscle-contracture'],
  ],
  [
    'A29',
    examinedSite({ tone: { hypertonic: 'mild', spasm: 'absent', guarding: 'present' } }),
    ['hypertonic-muscle', 'muscle-spasm', 'muscle-guarding'],
  ],
  ['A30', { motion: [{ ...joint, value: 90, unit: 'deg' }] }, ['range-of-motion']],
  [
    'A31',
    { strength: [{ ...joint, strength: 'strength-4-minus', firing: 'firing-inhibited' }] },
    ['muscle-strength', 'muscle-firing'],
  ],
  ['A32', examinedSite({ temperature: { against: 'colder' } }), ['temp-asymmetry']],
  ['A33', examinedSite({ hairLoss: 'yes' }), ['localized-hair-loss']],
  ['A34', examinedSite({ matchstick: 'yes' }), ['matchstick-test']],
  [
    'A35',
    examinedSite({ skinRoll: { thick: 'yes', orangePeel: 'no' } }),
    ['skin-roll-test', 'orange-peel'],
  ],
  ['A36', examinedSite({ sweating: 'no' }), ['excess-sweating']],
  ['A37', examinedSite({ goosebumps: 'declined' }), ['goosebumps']],
  [
    'A38',
    examinedSite({ trophic: { brittleNails: 'no', abnormalSkin: 'yes', text: 'scaly' } }),
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
    examinedSite({ tendon: { structure: 'tendon', tenderness: 'mild', thickening: 'absent' } }),
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

describe('a charted row', () => {
  it.each(ASSESSED)('%s can be found by the codes of its questions', (_, assessment, questions) => {
    const all = assessmentObservations(assessment);
    expect(all.map(questionOf)).toEqual(questions);
    expect(all.filter((observation) => narrativeLines(observation).length === 0)).toEqual([]);
  });

  it.each(NEEDLED)('%s can be found by the codes of its questions', (_, members, questions) => {
    expect(needlingObservations(members).map(questionOf)).toEqual(questions);
  });
});

describe('the identifiers of resources', () => {
  const values = mappedResources().flatMap(identifiersIn);

  it('fit into a resource id whatever the keys of the record are', () => {
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
