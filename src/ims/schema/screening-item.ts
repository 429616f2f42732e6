// The members that every screening item has in addition to its own details.

import { decisions } from '../codes/screening.ts';
import { code, date, group, id, keys, requiredOrAsWritten, text } from './build.ts';
import type { Members } from './members.ts';
import { answer, sites } from './parts.ts';

/** A screening item: its answer, its details and the decision. */
export function item<const M extends Members>(dictionaryId: string, label: string, details: M) {
  return group(
    label,
    {
      answer: requiredOrAsWritten(answer(label)),
      ...details,
      sites: sites('Where'),
      appliesTo: keys('Sites it applies to'),
      onset: date('Since'),
      rationale: text('Rationale'),
      decision: code('Decision', decisions),
      decidedBy: id('Decided by'),
    },
    { id: dictionaryId },
  );
}
