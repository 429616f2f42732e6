// Which items of a form become Observations whose code says by itself what was asked: for the marks
// that SDC gives them. A pain score, an instrument, a named test, a red flag and a measured value are
// not among them: another answer beside them decides what their Observation is called. Nor is a number
// whose unit is another answer.
import type { Members } from '../../src/ims/schema/members.ts';
import { MOVEMENT_QUESTIONS } from '../../src/mapping/observations/movements.ts';
import type { ObservationDraft } from '../../src/mapping/observations/observation.ts';
import { CAUSE_QUESTIONS, PROGRESS_QUESTIONS } from '../../src/mapping/observations/scores.ts';
import { SCREENING_QUESTIONS } from '../../src/mapping/observations/screening.ts';
import { SITE_QUESTIONS } from '../../src/mapping/observations/site-signs.ts';
import { LEVEL_QUESTIONS } from '../../src/mapping/observations/spinal-levels.ts';

/** A question as an Observation asks it. */
interface Extracted {
  readonly code: string;
  readonly category: ObservationDraft['category'];
}

/** A member that holds the answer to a question: by the members it stands among, and its name. */
interface Answering {
  readonly code: string;
  readonly members: Members;
  readonly name: string;
}

const BY_CATEGORY: Readonly<Partial<Record<ObservationDraft['category'], readonly Answering[]>>> = {
  exam: [...CAUSE_QUESTIONS, ...LEVEL_QUESTIONS, ...SITE_QUESTIONS, ...MOVEMENT_QUESTIONS],
  survey: [...PROGRESS_QUESTIONS, ...SCREENING_QUESTIONS],
};

const known = new Map<Members, Map<string, Extracted>>();
for (const [category, questions] of Object.entries(BY_CATEGORY)) {
  for (const { code, members, name } of questions) {
    if (members[name]?.kind !== 'code') continue;
    const among = known.get(members) ?? new Map<string, Extracted>();
    known.set(
      members,
      among.set(name, { code, category: category as ObservationDraft['category'] }),
    );
  }
}

/** The question that the member `name` of `members` answers; undefined where it becomes none. */
export function extractedAs(members: Members, name: string): Extracted | undefined {
  return known.get(members)?.get(name);
}
