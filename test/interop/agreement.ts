// Compares our validator with HL7's: both accept a resource, or both reject it and report a common element.
import type { Issue } from '../../src/errors.ts';
import { DIFFERENCES, type Difference } from './differences.ts';
import type { Hl7Issue } from './hl7-validator.ts';

/** The issues of both validators for one resource. */
export interface Comparison {
  readonly id: string;
  readonly ours: readonly Issue[];
  readonly theirs: readonly Hl7Issue[];
}

/** The result of comparisons. */
export interface Agreement {
  readonly agreed: number;
  /** How often each row of the table of differences occurred. */
  readonly explained: ReadonlyMap<Difference, number>;
  /** Differences that no row explains, one per line. */
  readonly unexplained: readonly string[];
}

/** Compares the issues of each resource. */
export function agreementOf(comparisons: readonly Comparison[]): Agreement {
  let agreed = 0;
  const explained = new Map<Difference, number>();
  const unexplained: string[] = [];
  for (const comparison of comparisons) {
    const difference = differenceIn(comparison);
    if (difference === undefined) {
      agreed += 1;
      continue;
    }
    const row = DIFFERENCES.find((known) => explains(known, difference));
    if (row === undefined) unexplained.push(`${comparison.id}: ${describe(difference)}`);
    else explained.set(row, (explained.get(row) ?? 0) + 1);
  }
  return { agreed, explained, unexplained };
}

/** Only one validator rejects the resource, or both reject it for different elements. */
interface FoundDifference {
  readonly what: 'only ours' | 'only theirs' | 'path';
  readonly ours: readonly Issue[];
  readonly theirs: readonly Hl7Issue[];
}

function differenceIn({
  ours: ourIssues,
  theirs: theirIssues,
}: Comparison): FoundDifference | undefined {
  const ours = ourIssues.filter(({ severity }) => severity === 'error');
  const theirs = theirIssues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  if (ours.length === 0 && theirs.length === 0) return undefined;
  if (theirs.length === 0) return { what: 'only ours', ours, theirs };
  if (ours.length === 0) return { what: 'only theirs', ours, theirs };
  const paths = new Set(theirs.map(({ location }) => plain(location ?? '')));
  const isShared = ours.some(({ path }) => paths.has(plain(path)));
  return isShared ? undefined : { what: 'path', ours, theirs };
}

/** The path without the parts that only one of them writes: types, resource names, `[x]`. */
function plain(path: string): string {
  return path
    .replace(/\/\*[^*]*\*\//g, '')
    .replace(/\.ofType\(\w+\)/g, '')
    .replaceAll('[x]', '')
    .replace(/\.$/, '');
}

/** True if the row applies to every issue of the side that it describes. */
function explains(row: Difference, { what, ours, theirs }: FoundDifference): boolean {
  if (row.what !== what) return false;
  const isOurs = ours.every(({ source = '' }) => row.ours?.test(source) !== false);
  const isTheirs = theirs.every(
    ({ messageId, message }) => row.theirs?.test(`${messageId}: ${message}`) !== false,
  );
  return isOurs && isTheirs;
}

function describe({ what, ours, theirs }: FoundDifference): string {
  const [our] = ours;
  const [their] = theirs;
  const ourText = our === undefined ? 'accepted' : `${our.path} ${our.source}`;
  const theirText =
    their === undefined
      ? 'accepted'
      : `${their.location} ${their.messageId}: ${their.message.slice(0, 200)}`;
  return `${what}: ours ${ourText} / theirs ${theirText}`;
}
