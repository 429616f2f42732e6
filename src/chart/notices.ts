// Notices at the top of a chart or narrative: retracted, unsigned or corrected records, sessions that
// were not performed, and migrated visits without a screening.
import type { ImsRecord } from '../ims/schema/record.ts';
import { namesOf } from './names.ts';
import { type Block, escapeXml } from './narrative.ts';
import { renderInstant } from './values.ts';

/** Notice on a migrated session for which no screening is known. */
export const SCREENING_UNKNOWN = 'Screening not recorded in the source system';

/**
 * True for a migrated visit without a screening of its own or in another record. Without the notice
 * the missing answers could be read as a screening without findings.
 */
export function isScreeningUnknown({ kind, origin, screening, session }: ImsRecord): boolean {
  if (kind !== 'visit' || origin.how !== 'migrated' || screening !== undefined) return false;
  return session?.screening?.basis !== 'other-record';
}

/** Whether the record is retracted or unsigned, and what its revisions corrected. */
export function recordNotices(record: ImsRecord): Block[] {
  const { status, corrections = [] } = record;
  const { people } = namesOf(record);
  const corrected = corrections.map(
    ({ at, author, text }) =>
      `Corrected ${renderInstant(at)} by ${people.get(author) ?? author}: ${text}`,
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

/** Heading of the corrections of a record that is valid. */
export const CORRECTIONS_HEADING = 'About this record';

/** The notice on a session that was not performed. */
export function sessionNotices({ session }: ImsRecord): Block[] {
  if (session?.status !== 'not-done') return [];
  return [{ heading: 'NOT DONE', lines: ['No needle was inserted.'] }];
}

/** Inserts a notice into a narrative, as its first or second paragraph, unless it is present. */
export function insertNotice(div: string, notice: string, position: 'first' | 'second'): string {
  const paragraph = `<p><b>${escapeXml(notice)}</b></p>`;
  if (div.includes(paragraph)) return div;
  const before = position === 'first' ? /^<div[^>]*>/ : /^<div[^>]*>.*?<\/p>/s;
  return div.replace(before, (start) => start + paragraph);
}
