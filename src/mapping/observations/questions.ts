// Questions that Observations answer. A row of data declares which member of the record has the answer;
// it is resolved against the record's schema once, when the module is loaded.
import type { Group, Member, Members } from '../../ims/schema/members.ts';
import type { Part } from '../identity.ts';
import type { ComponentCodes } from './components.ts';

/** One question that becomes a searchable Observation. */
export interface QuestionRow {
  readonly part: Part;
  /** The question: Observation.code. */
  readonly code: string;
  /** The member that has the answer: `sweating`, or `tenderness.grade` inside a group. */
  readonly member: string;
  /** A member of the same object that is the value where `member` has no content. */
  readonly fallback?: string;
  /** Components that are findings: one of them is enough for an Observation without a value. */
  readonly details?: ComponentCodes;
  /** Components that only specify the finding, such as side or movement: never enough alone. */
  readonly qualifiers?: ComponentCodes;
}

/** A row resolved against the schema of its object. */
export interface Question extends QuestionRow {
  /** The group that has the answer; undefined where the object itself has it. */
  readonly group: string | undefined;
  /** The member with the answer, in that group or object. */
  readonly name: string;
  /** The members of that group or object. */
  readonly members: Members;
  /** Members that the narrative presents after the value. */
  readonly narrativeMembers: Members;
  /** True when no other row has its answer in the same group. */
  readonly isOnlyQuestion: boolean;
}

/**
 * Questions of an object with many findings, such as an examined site. The narrative of a value has the
 * rest of the value's group, and nothing else of the object. Throws for a row with an unknown member.
 */
export function questionsOf(object: Group, rows: readonly QuestionRow[]): readonly Question[] {
  return rows.map((row) => {
    const [first = '', second] = row.member.split('.');
    if (second === undefined)
      return resolve(row, first, { members: object.members, narrativeMembers: {} });
    const { members } = groupIn(object, first);
    const answers = rows.filter(({ member }) => member.startsWith(`${first}.`)).map(lastName);
    const narrativeMembers = withoutNames(members, answers);
    return {
      ...resolve(row, second, { members, narrativeMembers }),
      group: first,
      isOnlyQuestion: answers.length === 1,
    };
  });
}

/** Questions of an object about one topic, such as a movement: each narrative has the whole object. */
export function itemQuestionsOf(
  { members }: Group,
  rows: readonly QuestionRow[],
): readonly Question[] {
  const answers = rows.map(({ member }) => member);
  const narrativeMembers = withoutNames(members, answers);
  return rows.map((row) => resolve(row, row.member, { members, narrativeMembers }));
}

function resolve(
  row: QuestionRow,
  name: string,
  { members, narrativeMembers }: Pick<Question, 'members' | 'narrativeMembers'>,
): Question {
  if (members[name] === undefined) throw new TypeError(`unknown member ${row.member}`);
  return { ...row, group: undefined, name, members, narrativeMembers, isOnlyQuestion: false };
}

function groupIn({ members }: Group, name: string): Group {
  const member: Member | undefined = members[name];
  if (member?.kind !== 'group') throw new TypeError(`unknown group ${name}`);
  return member;
}

function lastName({ member }: QuestionRow): string {
  return member.split('.').at(-1) ?? member;
}

function withoutNames(members: Members, names: readonly string[]): Members {
  const kept = Object.entries(members).filter(
    ([name, { kind }]) => kind !== 'key' && !names.includes(name),
  );
  return Object.fromEntries(kept);
}
