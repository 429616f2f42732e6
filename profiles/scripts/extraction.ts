// The items of a form that become Observations with a fixed code; the Questionnaires mark them with
// SDC's observation extraction. Items whose Observation code depends on another answer are left out (pain
// scores, instruments, named tests, red flags, measured values), and numbers whose unit is another answer.
import type { Members } from '../../src/ims/schema/members.ts';
import { screening } from '../../src/ims/schema/screening.ts';
import { MOVEMENT_QUESTIONS } from '../../src/mapping/observations/movements.ts';
import type { ObservationDraft } from '../../src/mapping/observations/observation.ts';
import { CAUSE_QUESTIONS, PROGRESS_QUESTIONS } from '../../src/mapping/observations/scores.ts';
import { questionCode } from '../../src/mapping/observations/screening.ts';
import { SITE_QUESTIONS } from '../../src/mapping/observations/site-signs.ts';
import { LEVEL_QUESTIONS } from '../../src/mapping/observations/spinal-levels.ts';

/** The code and category of the Observation that an item becomes. */
interface ExtractedObservation {
  readonly code: string;
  readonly category: ObservationDraft['category'];
}

/** A question, with the member of the record that has its answer. */
interface ExtractedQuestion {
  readonly code: string;
  /** The members of the object that contains the answer. */
  readonly members: Members;
  readonly name: string;
}

/** The question of each screening item, such as `screen-c01` for row C01. */
export const SCREENING_QUESTIONS: readonly ExtractedQuestion[] = Object.values(
  screening.members as Members,
).flatMap((item) =>
  item.kind === 'group' && 'answer' in item.members && item.id !== undefined
    ? [{ code: questionCode(item.id), members: item.members, name: 'answer' }]
    : [],
);

const BY_CATEGORY: Readonly<
  Partial<Record<ObservationDraft['category'], readonly ExtractedQuestion[]>>
> = {
  exam: [...CAUSE_QUESTIONS, ...LEVEL_QUESTIONS, ...SITE_QUESTIONS, ...MOVEMENT_QUESTIONS],
  survey: [...PROGRESS_QUESTIONS, ...SCREENING_QUESTIONS],
};

const observations = new Map<Members, Map<string, ExtractedObservation>>();
for (const [category, questions] of Object.entries(BY_CATEGORY)) {
  for (const { code, members, name } of questions) {
    if (members[name]?.kind !== 'code') continue;
    const byName = observations.get(members) ?? new Map<string, ExtractedObservation>();
    byName.set(name, { code, category: category as ObservationDraft['category'] });
    observations.set(members, byName);
  }
}

/** The Observation that the member `name` of `members` becomes; undefined when it becomes none. */
export function extractedAs(members: Members, name: string): ExtractedObservation | undefined {
  return observations.get(members)?.get(name);
}
