// A30, A31, R10: how far a joint moves, how strong a muscle is and how it responds.
import type { Names } from '../../chart/names.ts';
import { lowerFirst, sayCode } from '../../chart/values.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { General } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, findingCoding } from '../../terminology/concepts.ts';
import { component } from './components.ts';
import type { Place, Sign } from './observation.ts';
import { itemQuestionsOf, type Shared, signsOf } from './rows.ts';

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
export function movementSigns({ motion = [], strength = [] }: Assessment, names: Names): Sign[] {
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
  return { said: [...said, 'movement'], qualifier: `, ${lowerFirst(sayCode(movement))}` };
}

/** SNOMED CT has the limitation, not the range: it stands beside a limitation that was found. */
function motionSigns(one: Motion, names: Names): Sign[] {
  const { key, limitation, mode } = one;
  const isLimited = limitation !== undefined && !['absent', 'not-tested'].includes(limitation);
  const found = isLimited ? findingCoding('range-of-motion', mode) : undefined;
  return signsOf(MOTION, one, {
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

function strengthSigns(one: Strength, names: Names): Sign[] {
  const { key, site, side } = one;
  const shared: Shared = {
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
  return signsOf(STRENGTH, one, shared).map((sign) =>
    sign.part === 'strength' ? { ...sign, ...method } : sign,
  );
}

/** A joint and its side as a place, with the chart's words for either; undefined where it has none. */
function jointOf({
  joint,
  side,
  asWritten,
  absent,
}: { joint?: string; side?: string } & General): Place | undefined {
  const place: Place = {
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

function placed(place: Place | undefined): { place?: Place } {
  return place === undefined ? {} : { place };
}
