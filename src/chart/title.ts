// What stands before everything else in a record: that it was taken back, that nobody signed it, that
// nothing was inserted, that an old chart says nothing of a screening.
import type { ImsRecord } from '../ims/record.ts';
import { namesOf } from './names.ts';
import { type Block, escaped } from './narrative.ts';
import { sayInstant } from './values.ts';

/** First words of whatever is shown of a migrated session whose screening nobody knows. */
export const UNSCREENED = 'Screening not recorded in the source system';

/**
 * True for a migrated visit that holds no screening and names none. Its blanks are no answers, and
 * without these words a reader could take them for a clean screening.
 */
export function isUnscreened({ kind, origin, screening, session }: ImsRecord): boolean {
  if (kind !== 'visit' || origin.how !== 'migrated' || screening !== undefined) return false;
  return session?.screening?.basis !== 'other-record';
}

/** Whether the record stands at all, and what a revision corrected. */
export function titleOf(record: ImsRecord): Block[] {
  const { status, corrections = [] } = record;
  const { people } = namesOf(record);
  const corrected = corrections.map(
    ({ at, author, text }) =>
      `Corrected ${sayInstant(at)} by ${people.get(author) ?? author}: ${text}`,
  );
  if (status === 'entered-in-error') {
    return [{ heading: 'ENTERED IN ERROR', lines: ['This record was taken back.', ...corrected] }];
  }
  if (status === 'draft') {
    const lines = ['Nobody has signed this record yet; it may still change.', ...corrected];
    return [{ heading: 'Draft, not signed', lines }];
  }
  return [{ heading: CORRECTED, lines: corrected }];
}

/** Heading over what a revision corrects, where the record stands otherwise. */
export const CORRECTED = 'About this record';

/** Nothing of an empty block is shown, so a session that took place has none. */
export function titleOfSession({ session }: ImsRecord): Block[] {
  if (session?.status !== 'not-done') return [];
  return [{ heading: 'NOT DONE', lines: ['Nothing was inserted.'] }];
}

/** Puts a paragraph of its own before a narrative, or after its first one. */
export function withTitle(div: string, words: string, where: 'first' | 'second'): string {
  const title = `<p><b>${escaped(words)}</b></p>`;
  if (div.includes(title)) return div;
  const start = where === 'first' ? /^<div[^>]*>/ : /^<div[^>]*>.*?<\/p>/s;
  return div.replace(start, (before) => before + title);
}
