// What a real chart mostly is: files and verbatim words, kept as they are.
import { data, date, digest, instant, key, list, media, must, plain, text } from './build.ts';
import type { ValueOf } from './members.ts';

const document = plain('Document', {
  key: must(key('Key')),
  title: text('Title'),
  contentType: must(media('Media type')),
  data: must(data('Content')),
  sha256: digest('SHA-256 of the content'),
  author: text('Author'),
  date: date('Date'),
});

const note = plain('Note', {
  key: must(key('Key')),
  text: must(text('Words')),
  author: text('Author'),
  at: instant('Written at'),
  date: date('Written on'),
});

/** Files of the chart: bytes as base64, with their SHA-256. */
export const documents = list('Documents', document);
/** Verbatim words of the chart. */
export const notes = list('Notes', note);

export type ImsDocument = ValueOf<typeof document>;
export type Note = ValueOf<typeof note>;
