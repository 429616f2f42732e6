// The records of the measurements: a small one, with which engines are compared, and a full one.
import { readFileSync } from 'node:fs';

/** A record to measure with: its name in the table and its JSON text. */
export interface Sample {
  readonly name: string;
  readonly text: string;
}

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** The small record as an object: 3 pain scores, 5 signs, 12 screening items, 6 needled sites. */
export function smallRecord() {
  return read('small.json') as { readonly patient: { readonly id: string } };
}

/** The records of the table. */
export const samples: readonly [small: Sample, full: Sample] = [
  { name: 'small', text: JSON.stringify(smallRecord()) },
  { name: 'full', text: JSON.stringify(read('../../examples/01-low-back-pain-first/record.json')) },
];
