// Drafts of the Observations of one object of a record: each question that the object answers becomes a
// value with components and a narrative.
import type { Coding, ObservationComponent } from '@medplum/fhirtypes';
import { addAsWritten, renderMember } from '../../chart/first-line.ts';
import type { Names } from '../../chart/names.ts';
import { renderObject } from '../../chart/render-object.ts';
import { renderAmount, renderCode } from '../../chart/values.ts';
import { answers, grades } from '../../ims/codes/general.ts';
import { graspGrades } from '../../ims/codes/session.ts';
import type { Leaf, Member, Members } from '../../ims/schema/members.ts';
import { findingCoding, ownConcept } from '../../terminology/concepts.ts';
import { component, componentsOf } from './components.ts';
import type { ObservationDraft } from './observation.ts';
import type { Question } from './questions.ts';
import {
  memberValue,
  missingValue,
  notRecordedValue,
  type ObservationValue,
  type RecordObject,
} from './value.ts';

/** What all Observations of one object have in common. */
export type SharedDraft = Pick<ObservationDraft, 'key' | 'profile' | 'category'> &
  Partial<
    Omit<
      ObservationDraft,
      'part' | 'key' | 'category' | 'value' | 'recordKeys' | 'baseline' | 'complaintKeys'
    >
  > & {
    /** Labels of the keys of the record. */
    readonly keyNames: Names;
    /** Name of the question in the narrative, where it is not the name of its code. */
    readonly label?: string;
    /** Distinguishes it from other Observations with the same label: ", abduction". */
    readonly labelSuffix?: string;
    /** Members that the narrative presents elsewhere: in the label, in the body site. */
    readonly omittedMembers?: readonly string[];
  };

/** The drafts for those questions that the object answers with a value, words or a reason. */
export function draftsOf(
  questions: readonly Question[],
  object: RecordObject,
  shared: SharedDraft,
): ObservationDraft[] {
  const drafts: ObservationDraft[] = [];
  for (const question of questions) {
    const { group } = question;
    const holder = group === undefined ? object : (object[group] as RecordObject | undefined);
    if (holder !== undefined) {
      if (hasContent(question, holder)) drafts.push(...draftOf(question, holder, shared));
    } else if (group !== undefined && hasNotes(object)) {
      drafts.push(...missingGroupDraft(question, object, { ...shared, group }));
    }
  }
  return drafts;
}

/** True when the object has a value, words or reasons for the question. */
function hasContent({ name, fallback, details = {} }: Question, object: RecordObject): boolean {
  if (object[name] !== undefined || hasNotes(object)) return true;
  if (fallback !== undefined && object[fallback] !== undefined) return true;
  for (const detail in details) if (object[detail] !== undefined) return true;
  return false;
}

function hasNotes({ asWritten, absent }: RecordObject): boolean {
  return asWritten !== undefined || absent !== undefined;
}

function draftOf(
  question: Question,
  object: RecordObject,
  sharedDraft: SharedDraft,
): ObservationDraft[] {
  const {
    omittedMembers = [],
    keyNames,
    label = renderCode(question.code),
    labelSuffix = '',
    ...shared
  } = sharedDraft;
  const { part, code, qualifiers = {}, details = {}, members } = question;
  const main = mainValueOf(question, object);
  const { [main.name]: _, ...otherDetails } = details;
  const detailComponents = componentsOf(object, members, otherDetails);
  const value = main.value ?? (detailComponents.length > 0 ? notRecordedValue() : undefined);
  if (value === undefined) return [];
  const components = [
    ...findingComponents(question, object),
    ...(shared.components ?? []),
    ...componentsOf(object, members, qualifiers).filter(isCodedOrNotAConcept),
    ...detailComponents,
  ];
  const omitted = [main.name, ...omittedMembers];
  return [
    {
      part,
      code: ownConcept(code),
      narrative: [
        `${label}${labelSuffix}: ${main.text ?? 'not recorded'}`,
        ...renderOtherMembers(question, object, { keyNames, omitted }),
      ].join('\n'),
      ...shared,
      value,
      components,
      recordKeys: [shared.key, object.key].filter((key) => typeof key === 'string'),
      ...(object.baseline === undefined ? {} : { baseline: object.baseline }),
      ...(object.complaintKeys === undefined ? {} : { complaintKeys: object.complaintKeys }),
    },
  ];
}

interface MainValue {
  /** The member that the value was read from. */
  readonly name: string;
  readonly value: ObservationValue | undefined;
  readonly text: string | undefined;
}

/** The value of the question's own member, or without one, that of its fallback. */
function mainValueOf({ name, fallback, members }: Question, object: RecordObject): MainValue {
  const own = readMainValue(name, object, members);
  if (own.value !== undefined || fallback === undefined) return own;
  const other = readMainValue(fallback, object, members);
  return other.value === undefined ? own : other;
}

function readMainValue(name: string, object: RecordObject, members: Members): MainValue {
  const leaf = members[name] as Leaf;
  return {
    name,
    value: memberValue(object, name, leaf),
    text: renderMainValue(name, object, leaf),
  };
}

function renderMainValue(name: string, object: RecordObject, leaf: Leaf): string | undefined {
  const { [name]: value, unit } = object;
  const hasUnitMember = leaf.kind === 'number' && leaf.unit === undefined && value !== undefined;
  if (!hasUnitMember || typeof unit !== 'string') return renderMember(object, name, leaf);
  // renderAmount prints {score} as "of 10", which is wrong for the points of a questionnaire.
  const amount =
    unit === '{score}' ? `${renderAmount(value, undefined)} points` : renderAmount(value, unit);
  return addAsWritten(object, name, amount);
}

/** All other members of the object; a number with its own unit is one line. */
function renderOtherMembers(
  { narrativeMembers }: Question,
  object: RecordObject,
  { keyNames, omitted }: { keyNames: Names; omitted: readonly string[] },
): string[] {
  const { value } = narrativeMembers;
  const hasAmount =
    value?.kind === 'number' && object.value !== undefined && !omitted.includes('value');
  const amount = hasAmount ? [`${value.label}: ${renderMainValue('value', object, value)}`] : [];
  const excluded = new Set([...omitted, 'value', 'unit']);
  for (const name in narrativeMembers) {
    if (excluded.has(name)) continue;
    const lines = renderObject(object, narrativeMembers, keyNames, excluded);
    return [...amount, ...lines.map((line) => line.trim())];
  }
  return amount;
}

/** False for a concept without a code: profiles bind qualifiers to value sets, so it is narrative only. */
function isCodedOrNotAConcept({ valueCodeableConcept, ...rest }: ObservationComponent): boolean {
  return valueCodeableConcept === undefined
    ? Object.keys(rest).some((name) => name.startsWith('value'))
    : valueCodeableConcept.coding !== undefined;
}

/**
 * The draft for a question of a group for which the chart has only words or a reason for absence. A reason
 * applies to each question of the group; words only to the question of a group that has one.
 */
function missingGroupDraft(
  { part, code, isOnlyQuestion }: Question,
  object: RecordObject,
  {
    group,
    omittedMembers: _,
    keyNames: __,
    label = renderCode(code),
    labelSuffix = '',
    ...shared
  }: SharedDraft & { group: string },
): ObservationDraft[] {
  const value = missingValue(object, group);
  if (value === undefined || (!isOnlyQuestion && value.dataAbsentReason === undefined)) return [];
  const narrative = `${label}${labelSuffix}: ${addAsWritten(object, group, undefined)}`;
  return [{ part, code: ownConcept(code), value, narrative, ...shared }];
}

const GRADE_SETS: ReadonlySet<string> = new Set([grades.name, graspGrades.name]);

/** A component with the SNOMED CT finding; none unless the value means that the finding is present. */
function findingComponents(
  { code, name, members }: Question,
  object: RecordObject,
): ObservationComponent[] {
  const finding = findingOf(code, members[name], object[name]);
  return finding === undefined ? [] : [findingComponent(finding)];
}

function findingOf(code: string, leaf: Member | undefined, value: unknown): Coding | undefined {
  if (leaf?.kind !== 'code' || typeof value !== 'string') return undefined;
  if (leaf.set.name === answers.name) return value === 'yes' ? findingCoding(code) : undefined;
  if (GRADE_SETS.has(leaf.set.name)) {
    return value === 'absent' || value === 'not-tested' ? undefined : findingCoding(code);
  }
  return findingCoding(code, value);
}

/** A component with a finding that was present. */
export function findingComponent(finding: Coding): ObservationComponent {
  return component('finding', { valueCodeableConcept: { coding: [finding] } });
}
