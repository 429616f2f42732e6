// Whether our validator and HL7's say the same of a resource: both refuse it or both accept it, and
// where they refuse it, both name one element.
import type { Issue } from '../../src/errors.ts';
import { DIFFERENCES, type Difference } from './differences.ts';
import type { JudgedIssue } from './judge.ts';

/** What both say of one resource. */
export interface Opinions {
  readonly id: string;
  readonly ours: readonly Issue[];
  readonly theirs: readonly JudgedIssue[];
}

/** What remains of a comparison. */
export interface Agreement {
  readonly agreed: number;
  /** How often each row of the table of differences was needed. */
  readonly explained: ReadonlyMap<Difference, number>;
  /** Differences that no row explains, a line each. */
  readonly unexplained: readonly string[];
}

/** Compares opinions, one by one. */
export function agreementOf(all: readonly Opinions[]): Agreement {
  let agreed = 0;
  const explained = new Map<Difference, number>();
  const unexplained: string[] = [];
  for (const one of all) {
    const difference = differenceIn(one);
    if (difference === undefined) {
      agreed += 1;
      continue;
    }
    const row = DIFFERENCES.find((known) => explains(known, difference));
    if (row === undefined) unexplained.push(`${one.id}: ${say(difference)}`);
    else explained.set(row, (explained.get(row) ?? 0) + 1);
  }
  return { agreed, explained, unexplained };
}

/** One side refuses alone, or both refuse for other elements. */
interface Found {
  readonly what: 'only ours' | 'only theirs' | 'path';
  readonly ours: readonly Issue[];
  readonly theirs: readonly JudgedIssue[];
}

function differenceIn({ ours: said, theirs: judged }: Opinions): Found | undefined {
  const ours = said.filter(({ severity }) => severity === 'error');
  const theirs = judged.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  if (ours.length === 0 && theirs.length === 0) return undefined;
  if (theirs.length === 0) return { what: 'only ours', ours, theirs };
  if (ours.length === 0) return { what: 'only theirs', ours, theirs };
  const places = new Set(theirs.map(({ location }) => plain(location ?? '')));
  const isShared = ours.some(({ path }) => places.has(plain(path)));
  return isShared ? undefined : { what: 'path', ours, theirs };
}

/** Without what one of them adds to a FHIRPath: types, resource names, the mark of a choice. */
function plain(path: string): string {
  return path
    .replace(/\/\*[^*]*\*\//g, '')
    .replace(/\.ofType\(\w+\)/g, '')
    .replaceAll('[x]', '')
    .replace(/\.$/, '');
}

/** A row explains a difference when it does so for every fault of the side that it speaks of. */
function explains(row: Difference, { what, ours, theirs }: Found): boolean {
  if (row.what !== what) return false;
  const isOurs = ours.every(({ source = '' }) => row.ours?.test(source) !== false);
  const isTheirs = theirs.every(
    ({ messageId, message }) => row.theirs?.test(`${messageId}: ${message}`) !== false,
  );
  return isOurs && isTheirs;
}

function say({ what, ours, theirs }: Found): string {
  const [our] = ours;
  const [their] = theirs;
  const [one, other] = [
    our === undefined ? 'accepted' : `${our.path} ${our.source}`,
    their === undefined
      ? 'accepted'
      : `${their.location} ${their.messageId}: ${their.message.slice(0, 200)}`,
  ];
  return `${what}: ours ${one} / theirs ${other}`;
}
