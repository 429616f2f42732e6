// A30, A31, R10: how far a joint moves, how strong a muscle is and how it responds.
import type { Names } from '../../chart/names.ts';
import { lowerFirst, renderCode } from '../../chart/values.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { General } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, findingCoding } from '../../terminology/concepts.ts';
import type { BodyLocation } from '../body-site.ts';
import { component } from './components.ts';
import type { ObservationDraft } from './observation.ts';
import { draftsOf, itemQuestionsOf, type SharedParts } from './rows.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type Motion = NonNullable<Assessment['motion']>[number];
type Strength = NonNullable<Assessment['strength']>[number];

const MOTION = itemQuestionsOf(definition.members.motion.of, [
  {
    part: 'rom',
    code: 'range-of-motion',
    member: 'value',
    beside: { limitation: 'movement-limitation', endPain: 'end-pain', deviatesTo: 'deviation' },
    about: { movement: 'joint-movement', mode: 'movement-mode', moment: 'moment' },
  },
]);

const STRENGTH = itemQuestionsOf(definition.members.strength.of, [
  {
    part: 'strength',
    code: 'muscle-strength',
    member: 'strength',
    beside: { painful: 'pain-on-test' },
    about: { movement: 'joint-movement', moment: 'moment' },
  },
  {
    part: 'firing',
    code: 'muscle-firing',
    member: 'firing',
    about: { movement: 'joint-movement', moment: 'moment' },
  },
]);

/** What is measured and felt of movement. */
export const MOVEMENT_QUESTIONS = [...MOTION, ...STRENGTH];

/** Range of motion, strength and firing. */
export function movementDrafts(
  { motion = [], strength = [] }: Assessment,
  names: Names,
): ObservationDraft[] {
  return [
    ...motion.flatMap((one) => motionSigns(one, names)),
    ...strength.flatMap((one) => strengthSigns(one, names)),
  ];
}

/** The movement is told with the question, the joint with the place. */
function moved({ movement, asWritten }: { movement?: string } & General) {
  const said = ['site', 'joint', 'side'];
  const isPlain = movement !== undefined && movement !== 'other';
  if (!isPlain || asWritten?.movement !== undefined) return { said };
  return { said: [...said, 'movement'], qualifier: `, ${lowerFirst(renderCode(movement))}` };
}

/** SNOMED CT has the limitation, not the range: it stands beside a limitation that was found. */
function motionSigns(one: Motion, names: Names): ObservationDraft[] {
  const { key, limitation, mode } = one;
  const isLimited = limitation !== undefined && !['absent', 'not-tested'].includes(limitation);
  const found = isLimited ? findingCoding('range-of-motion', mode) : undefined;
  return draftsOf(MOTION, one, {
    key,
    names,
    profile: 'ims-movement',
    category: 'exam',
    ...moved(one),
    ...placed(jointOf(one)),
    ...(found === undefined
      ? {}
      : { components: [component('finding', { valueCodeableConcept: { coding: [found] } })] }),
  });
}

function strengthSigns(one: Strength, names: Names): ObservationDraft[] {
  const { key, site, side } = one;
  const shared: SharedParts = {
    key,
    names,
    profile: 'ims-movement',
    category: 'exam',
    ...moved(one),
    ...placed(
      site === undefined ? jointOf(one) : { ...(side === undefined ? {} : { side }), ...site },
    ),
  };
  const method = one.strength === undefined ? {} : { method: concept('strength-scale') };
  return draftsOf(STRENGTH, one, shared).map((sign) =>
    sign.part === 'strength' ? { ...sign, ...method } : sign,
  );
}

/** A joint and its side as a place, with the chart's words for either; undefined where it has none. */
function jointOf({
  joint,
  side,
  asWritten,
  absent,
}: { joint?: string; side?: string } & General): BodyLocation | undefined {
  const place: BodyLocation = {
    ...(joint === undefined ? {} : { region: joint }),
    ...(side === undefined ? {} : { side }),
    asWritten: renamed(asWritten),
    absent: renamed(absent),
  };
  const isNamed = joint !== undefined || asWritten?.joint !== undefined;
  return isNamed ? place : undefined;
}

function renamed<T>(map: Readonly<Record<string, T>> = {}): Record<string, T> {
  const { joint, side } = map;
  return {
    ...(joint === undefined ? {} : { region: joint }),
    ...(side === undefined ? {} : { side }),
  };
}

function placed(place: BodyLocation | undefined): { place?: BodyLocation } {
  return place === undefined ? {} : { place };
}
