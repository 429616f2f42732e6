// Range of motion, muscle strength and muscle firing (dictionary rows A30, A31, R10).
import type { Names } from '../../chart/names.ts';
import { lowerFirst, renderCode } from '../../chart/values.ts';
import { defined } from '../../defined.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { General } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, findingCoding } from '../../terminology/concepts.ts';
import type { BodySite } from '../body-site.ts';
import { draftsOf, findingComponent, type SharedDraft } from './drafts.ts';
import type { ObservationDraft } from './observation.ts';
import { itemQuestionsOf } from './questions.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type Motion = NonNullable<Assessment['motion']>[number];
type Strength = NonNullable<Assessment['strength']>[number];

const MOTION = itemQuestionsOf(definition.members.motion.of, [
  {
    part: 'rom',
    code: 'range-of-motion',
    member: 'value',
    details: { limitation: 'movement-limitation', endPain: 'end-pain', deviatesTo: 'deviation' },
    qualifiers: { movement: 'joint-movement', mode: 'movement-mode', moment: 'moment' },
  },
]);

const STRENGTH = itemQuestionsOf(definition.members.strength.of, [
  {
    part: 'strength',
    code: 'muscle-strength',
    member: 'strength',
    details: { painful: 'pain-on-test' },
    qualifiers: { movement: 'joint-movement', moment: 'moment' },
  },
  {
    part: 'firing',
    code: 'muscle-firing',
    member: 'firing',
    qualifiers: { movement: 'joint-movement', moment: 'moment' },
  },
]);

/** Questions about movements. */
export const MOVEMENT_QUESTIONS = [...MOTION, ...STRENGTH];

/** Observations of range of motion, strength and firing. */
export function movementDrafts(
  { motion = [], strength = [] }: Assessment,
  keyNames: Names,
): ObservationDraft[] {
  return [
    ...motion.flatMap((entry) => motionDrafts(entry, keyNames)),
    ...strength.flatMap((entry) => strengthDrafts(entry, keyNames)),
  ];
}

/** The movement is part of the label; the joint and its side are presented as the body site. */
function labelOptions({ movement, asWritten }: { movement?: string } & General) {
  const omittedMembers = ['site', 'joint', 'side'];
  const isCodeOnly =
    movement !== undefined && movement !== 'other' && asWritten?.movement === undefined;
  if (!isCodeOnly) return { omittedMembers };
  return {
    omittedMembers: [...omittedMembers, 'movement'],
    labelSuffix: `, ${lowerFirst(renderCode(movement))}`,
  };
}

/** SNOMED CT has a concept for the limitation, not for the range: added where a limitation is present. */
function motionDrafts(motion: Motion, keyNames: Names): ObservationDraft[] {
  const { key, limitation, mode } = motion;
  const isLimited = limitation !== undefined && !['absent', 'not-tested'].includes(limitation);
  const finding = isLimited ? findingCoding('range-of-motion', mode) : undefined;
  return draftsOf(MOTION, motion, {
    key,
    keyNames,
    profile: 'ims-movement',
    category: 'exam',
    ...labelOptions(motion),
    ...siteOption(jointOf(motion)),
    ...(finding === undefined ? {} : { components: [findingComponent(finding)] }),
  });
}

function strengthDrafts(strength: Strength, keyNames: Names): ObservationDraft[] {
  const { key, site, side } = strength;
  const shared: SharedDraft = {
    key,
    keyNames,
    profile: 'ims-movement',
    category: 'exam',
    ...labelOptions(strength),
    ...siteOption(site === undefined ? jointOf(strength) : { ...defined({ side }), ...site }),
  };
  const method = strength.strength === undefined ? {} : { method: concept('strength-scale') };
  return draftsOf(STRENGTH, strength, shared).map((draft) =>
    draft.part === 'strength' ? { ...draft, ...method } : draft,
  );
}

/** A joint and its side as a body site, with the chart's own words; undefined without a joint. */
function jointOf({
  joint,
  side,
  asWritten,
  absent,
}: { joint?: string; side?: string } & General): BodySite | undefined {
  if (joint === undefined && asWritten?.joint === undefined) return undefined;
  return {
    ...defined({ region: joint, side }),
    asWritten: siteNotes(asWritten),
    absent: siteNotes(absent),
  };
}

/** Notes on a joint and its side as notes on a body site. */
function siteNotes<T>({ joint, side }: Readonly<Record<string, T>> = {}): Record<string, T> {
  return {
    ...(joint === undefined ? {} : { region: joint }),
    ...(side === undefined ? {} : { side }),
  };
}

function siteOption(site: BodySite | undefined): { site?: BodySite } {
  return site === undefined ? {} : { site };
}
