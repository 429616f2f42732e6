// Files and verbatim notes of the chart, kept unchanged.
import { data, date, digest, instant, key, list, media, plain, required, text } from './build.ts';
import type { ValueOf } from './members.ts';

const document = plain('Document', {
  key: required(key('Key')),
  title: text('Title'),
  contentType: required(media('Media type')),
  data: required(data('Content')),
  sha256: digest('SHA-256 of the content'),
  author: text('Author'),
  date: date('Date'),
});

const note = plain('Note', {
  key: required(key('Key')),
  text: required(text('Text')),
  author: text('Author'),
  at: instant('Written at'),
  date: date('Written on'),
});

/** Files of the chart in base64, with their SHA-256. */
export const documents = list('Documents', document);
/** Verbatim notes of the chart. */
export const notes = list('Notes', note);

export type ImsDocument = ValueOf<typeof document>;
export type Note = ValueOf<typeof note>;
