// Messages for a misspelt code or member name: what was probably meant, or what is allowed. They name
// what is allowed and never repeat the given text, which may be a patient's.
import { distance } from 'fastest-levenshtein';
import { memoize } from '../../memoize.ts';

/** A name that is allowed, and the words that people know it by. */
export interface Candidate {
  readonly name: string;
  readonly label?: string | undefined;
}

/** What was misspelt, as the message calls it. */
type Noun = 'code' | 'member' | 'parameter';

/** Lists of at most this length are given whole. */
const MAX_WHOLE = 12;
const MAX_SUGGESTIONS = 5;
/** Our longest label has 58 characters; the bound keeps the cost of comparing small. */
const MAX_LENGTH = 60;
/** Share of the longer text's characters that may be edited. */
const MAX_EDITED = 0.35;
/** Candidates with this many edits more than the nearest one are left out. */
const MAX_BEHIND = 2;

const WHERE =
  "the record's JSON Schema (ims-fhir/record.schema.json, or /schema/ims-record-1.json of the service)";

/** The message for `given`, which none of `candidates` is spelt like. */
export function unknownMessage(
  noun: Noun,
  given: unknown,
  candidates: readonly Candidate[],
): string {
  const unknown = `unknown ${noun}`;
  if (candidates.length === 0) return unknown;
  if (candidates.length <= MAX_WHOLE) {
    const names = candidates.map(({ name }) => name).join(', ');
    return `${unknown}; must be one of: ${names}`;
  }
  const likely = nearest(given, candidates);
  if (likely.length > 0) return `${unknown}; did you mean ${likely.join(', ')}?`;
  return `${unknown}; the ${candidates.length} allowed ${noun}s are listed in ${WHERE}`;
}

/** At most five names that `given` may stand for, the nearest first. */
function nearest(given: unknown, candidates: readonly Candidate[]): string[] {
  if (typeof given !== 'string' || given.length > MAX_LENGTH) return [];
  const wanted = spell(given);
  const scored = candidates
    .map((candidate) => ({ name: candidate.name, edits: editsBetween(wanted, candidate) }))
    .filter(({ edits }) => Number.isFinite(edits))
    .sort((a, b) => a.edits - b.edits);
  const most = (scored[0]?.edits ?? 0) + MAX_BEHIND;
  return scored
    .filter(({ edits }) => edits <= most)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name);
}

interface Spelling {
  readonly words: readonly string[];
  readonly inOrder: string;
  /** Words sorted: "Upper trapezius" is `trapezius-upper`. */
  readonly sorted: string;
}

/** Case, accents and what separates words make no difference: `recordID` is spelt as `record-id`. */
function spell(text: string): Spelling {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '');
  const words =
    plain
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(WORD) ?? [];
  return { words, inOrder: words.join(' '), sorted: words.toSorted().join(' ') };
}

const WORD = /[\p{L}\p{N}]+/gu;

// Names and labels are ours, so there are few of them.
const spellOwn = memoize(spell);

/** How many edits lie between the two; infinite where they are too far apart to be alike. */
function editsBetween(wanted: Spelling, { name, label = name }: Candidate): number {
  const own = [spellOwn(name), ...(label === name ? [] : [spellOwn(label)])];
  return Math.min(...own.map((spelling) => editsToSpelling(wanted, spelling)));
}

function editsToSpelling(wanted: Spelling, own: Spelling): number {
  if (wanted.words.length === 0) return Infinity;
  if (wanted.sorted === own.sorted) return 0;
  // Part of a name is as good as one edit: `L5` for `segment-l5`.
  if (wanted.words.every((word) => own.words.some((whole) => isPart(word, whole)))) return 1;
  const { length: wantedLength } = wanted.inOrder;
  const { length: ownLength } = own.inOrder;
  const maxEdits = Math.floor(Math.max(wantedLength, ownLength) * MAX_EDITED);
  // Each character that one has more is an edit, so these need not be compared.
  if (Math.abs(wantedLength - ownLength) > maxEdits) return Infinity;
  const edits = Math.min(
    distance(wanted.inOrder, own.inOrder),
    distance(wanted.sorted, own.sorted),
  );
  return edits > maxEdits ? Infinity : edits;
}

function isPart(word: string, whole: string): boolean {
  return word === whole || (word.length > 2 && whole.startsWith(word));
}
