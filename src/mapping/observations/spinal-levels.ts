// A24, A25, A39: what was found over the whole body, at one spinal level, in one area.
import type { Names } from '../../chart/names.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { BodyLocation } from '../body-site.ts';
import type { ObservationDraft } from './observation.ts';
import { draftsOf, itemQuestionsOf, questionsOf, type SharedParts } from './rows.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type Level = NonNullable<Assessment['paraspinal']>[number];

const { paraspinal, neurological } = definition.members;
const { levels, areas } = neurological.members;
const AT_LEVEL = { segment: 'site-segment', side: 'site-side' } as const;

const WHOLE = questionsOf(definition, [
  {
    part: 'points',
    code: 'multiple-tender-points',
    member: 'manyTenderPoints.answer',
    beside: { count: 'tender-point-count' },
  },
]);
const PARASPINAL = itemQuestionsOf(paraspinal.of, [
  { part: 'paratend', code: 'paraspinal-tenderness', member: 'tenderness' },
  { part: 'parashor', code: 'paraspinal-shortening', member: 'shortening' },
]);
const LEVEL = itemQuestionsOf(levels.of, [
  { part: 'reflex', code: 'reflex', member: 'reflex', about: AT_LEVEL },
  { part: 'sensory', code: 'sensation', member: 'sensation', about: AT_LEVEL },
  { part: 'myotome', code: 'myotome', member: 'myotome', about: AT_LEVEL },
]);
const AREA = itemQuestionsOf(areas.of, [
  { part: 'sensory', code: 'sensation', member: 'sensation' },
]);
const ROOT = questionsOf(neurological, [{ part: 'root', code: 'root-signs', member: 'rootSigns' }]);

/** What is looked for over the whole body, at a level, in an area. */
export const LEVEL_QUESTIONS = [...WHOLE, ...PARASPINAL, ...LEVEL, ...AREA, ...ROOT];

/** Findings of the whole body, of levels and of areas. */
export function spinalLevelDrafts(assessment: Assessment, names: Names): ObservationDraft[] {
  const shared = (key: string): SharedParts => ({
    key,
    names,
    profile: 'ims-sign',
    category: 'exam',
  });
  const { levels = [], areas = [], ...whole } = assessment.neurological ?? {};
  return [
    ...draftsOf(WHOLE, assessment, shared('all')),
    ...(assessment.paraspinal ?? []).flatMap((one) =>
      draftsOf(PARASPINAL, one, {
        ...shared(one.key),
        place: besideSpine(one),
        said: ['segment', 'side'],
      }),
    ),
    ...levels.flatMap((one) => draftsOf(LEVEL, one, shared(one.key))),
    ...areas.flatMap((one) => draftsOf(AREA, one, { ...shared(one.key), ...placeOf(one) })),
    ...draftsOf(ROOT, whole, shared('all')),
  ];
}

function placeOf({ site }: { site?: BodyLocation }): Partial<SharedParts> {
  return site === undefined ? {} : { place: site, said: ['site'] };
}

/** Beside the spine at one level: no region has that name, so it is a place in words with its level. */
function besideSpine({ segment, side, asWritten = {}, absent = {} }: Level): BodyLocation {
  const { segment: words, side: sideWords } = asWritten;
  return {
    text: 'Paraspinal',
    ...(segment === undefined ? {} : { segments: [segment] }),
    ...(side === undefined ? {} : { side }),
    asWritten: {
      ...(words === undefined ? {} : { segments: words }),
      ...(sideWords === undefined ? {} : { side: sideWords }),
    },
    absent: absent.side === undefined ? {} : { side: absent.side },
  };
}
