// One screening question: what every item has beside the details of its row.

import { decisions } from '../codes/screening.ts';
import { code, date, group, id, keys, needed, text } from './build.ts';
import type { Members } from './members.ts';
import { ans, sites } from './parts.ts';

/** One question with its answer, the details of its row and what was decided. */
export function item<const M extends Members>(dictionaryId: string, label: string, details: M) {
  return group(
    label,
    {
      answer: needed(ans(label)),
      ...details,
      sites: sites('Where'),
      appliesTo: keys('Sites it bars'),
      onset: date('Since'),
      rationale: text('Rationale'),
      decision: code('Decision', decisions),
      decidedBy: id('Decided by'),
    },
    { id: dictionaryId },
  );
}
