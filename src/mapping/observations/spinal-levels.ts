// Observations of the whole body, of spinal levels and of areas (dictionary rows A24, A25, A39).
import type { Names } from '../../chart/names.ts';
import { defined } from '../../defined.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import type { BodySite } from '../body-site.ts';
import { draftsOf, type SharedDraft } from './drafts.ts';
import type { ObservationDraft } from './observation.ts';
import { itemQuestionsOf, questionsOf } from './questions.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type ParaspinalLevel = NonNullable<Assessment['paraspinal']>[number];

const { paraspinal, neurological } = definition.members;
const { levels, areas } = neurological.members;
const LEVEL_COMPONENTS = { segment: 'site-segment', side: 'site-side' } as const;

const WHOLE_BODY = questionsOf(definition, [
  {
    part: 'points',
    code: 'multiple-tender-points',
    member: 'manyTenderPoints.answer',
    details: { count: 'tender-point-count' },
  },
]);
const PARASPINAL = itemQuestionsOf(paraspinal.of, [
  { part: 'paratend', code: 'paraspinal-tenderness', member: 'tenderness' },
  { part: 'parashor', code: 'paraspinal-shortening', member: 'shortening' },
]);
const LEVEL = itemQuestionsOf(levels.of, [
  { part: 'reflex', code: 'reflex', member: 'reflex', qualifiers: LEVEL_COMPONENTS },
  { part: 'sensory', code: 'sensation', member: 'sensation', qualifiers: LEVEL_COMPONENTS },
  { part: 'myotome', code: 'myotome', member: 'myotome', qualifiers: LEVEL_COMPONENTS },
]);
const AREA = itemQuestionsOf(areas.of, [
  { part: 'sensory', code: 'sensation', member: 'sensation' },
]);
const ROOT = questionsOf(neurological, [{ part: 'root', code: 'root-signs', member: 'rootSigns' }]);

/** Questions about the whole body, a spinal level or an area. */
export const LEVEL_QUESTIONS = [...WHOLE_BODY, ...PARASPINAL, ...LEVEL, ...AREA, ...ROOT];

/** Observations of the whole body, of spinal levels and of areas. */
export function spinalLevelDrafts(assessment: Assessment, keyNames: Names): ObservationDraft[] {
  const shared = (key: string): SharedDraft => ({
    key,
    keyNames,
    profile: 'ims-sign',
    category: 'exam',
  });
  const { levels = [], areas = [], ...wholeBody } = assessment.neurological ?? {};
  return [
    ...draftsOf(WHOLE_BODY, assessment, shared('all')),
    ...(assessment.paraspinal ?? []).flatMap((level) =>
      draftsOf(PARASPINAL, level, {
        ...shared(level.key),
        site: paraspinalSite(level),
        omittedMembers: ['segment', 'side'],
      }),
    ),
    ...levels.flatMap((level) => draftsOf(LEVEL, level, shared(level.key))),
    ...areas.flatMap((area) => draftsOf(AREA, area, { ...shared(area.key), ...siteOption(area) })),
    ...draftsOf(ROOT, wholeBody, shared('all')),
  ];
}

function siteOption({ site }: { site?: BodySite }): Partial<SharedDraft> {
  return site === undefined ? {} : { site, omittedMembers: ['site'] };
}

/** The site of one paraspinal level: a text and a segment, because no region code exists for it. */
function paraspinalSite({ segment, side, asWritten = {}, absent = {} }: ParaspinalLevel): BodySite {
  return {
    text: 'Paraspinal',
    ...(segment === undefined ? {} : { segments: [segment] }),
    ...defined({ side }),
    asWritten: defined({ segments: asWritten.segment, side: asWritten.side }),
    absent: defined({ side: absent.side }),
  };
}
