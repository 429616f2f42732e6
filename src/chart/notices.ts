// Notices at the top of a chart or narrative: that a record is retracted, unsigned or corrected, that a
// session was not performed, or that a migrated visit has no screening.
import type { ImsRecord } from '../ims/schema/record.ts';
import { namesOf, personName } from './names.ts';
import { type Block, escapeXml } from './narrative.ts';
import { renderInstant } from './values.ts';

/** Notice on a migrated session for which no screening is known. */
export const SCREENING_UNKNOWN = 'Screening not recorded in the source system';

/**
 * True for a migrated visit that contains no screening and does not refer to one in another record.
 * Without the notice, readers could take the missing answers for a screening without findings.
 */
export function isScreeningUnknown({ kind, origin, screening, session }: ImsRecord): boolean {
  if (kind !== 'visit' || origin.how !== 'migrated' || screening !== undefined) return false;
  return session?.screening?.basis !== 'other-record';
}

/** Notices on the status of a record, and its corrections. */
export function recordNotices(record: ImsRecord): Block[] {
  const { status, corrections = [] } = record;
  const names = namesOf(record);
  const corrected = corrections.map(
    ({ at, author, text }) =>
      `Corrected ${renderInstant(at)} by ${personName(author, names)}: ${text}`,
  );
  if (status === 'entered-in-error') {
    return [
      { heading: 'ENTERED IN ERROR', lines: ['This record has been retracted.', ...corrected] },
    ];
  }
  if (status === 'draft') {
    const lines = ['This record is not signed yet and may still change.', ...corrected];
    return [{ heading: 'Draft, not signed', lines }];
  }
  return [{ heading: CORRECTIONS_HEADING, lines: corrected }];
}

/** Heading of the corrections of a record that is neither retracted nor a draft. */
export const CORRECTIONS_HEADING = 'About this record';

/** The notice on a session that was not performed. */
export function sessionNotices({ session }: ImsRecord): Block[] {
  if (session?.status !== 'not-done') return [];
  return [{ heading: 'NOT DONE', lines: ['No needle was inserted.'] }];
}

/** Inserts a notice as the first or second paragraph of a narrative that does not contain it yet. */
export function insertNotice(div: string, notice: string, position: 'first' | 'second'): string {
  const paragraph = `<p><b>${escapeXml(notice)}</b></p>`;
  if (div.includes(paragraph)) return div;
  const precedingXhtml = position === 'first' ? /^<div[^>]*>/ : /^<div[^>]*>.*?<\/p>/s;
  return div.replace(precedingXhtml, (preceding) => preceding + paragraph);
}
