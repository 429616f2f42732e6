// Plain English as a rule that a machine can hold: the sentences of this project, and the patterns of
// wording that readers had to read twice.
import { stripTypeScriptTypes } from 'node:module';
import { parseAst } from 'vitest/node';

/** A comment, string or template text, with the line on which it begins. */
export interface Sentence {
  readonly line: number;
  readonly text: string;
}

/** A wording to avoid, with a better one. */
export interface WordingRule {
  readonly pattern: RegExp;
  readonly better: string;
}

export const WORDING_RULES: readonly WordingRule[] = [
  {
    pattern: /(?<!\bthere )\b(is|are|was|were|be) no (?!longer\b|more than\b|later\b)/i,
    better: 'is not a …',
  },
  { pattern: /\b(is|are) none of\b/i, better: 'must be one of …' },
  { pattern: /\b(stands?|stood)\b(?! for\b)/i, better: 'is, exists, is present' },
  { pattern: /\b(tells?|told|tellings?)\b/i, better: 'reports, reported, distinguishes, says' },
  { pattern: /\b(is|are|was|were) said (again|anew|to)\b/i, better: 'is written again' },
  { pattern: /\b(would|will) do\b/i, better: 'is enough, is allowed' },
  { pattern: /\bmay not be there\b/i, better: 'is not allowed' },
  { pattern: /\b(take|takes|taken|taking|took) back\b/i, better: 'retract' },
  { pattern: /\b(speaks?|spoke|spoken) (of|for|to|on|about)\b/i, better: 'mentions, refers to' },
  // The SQL of released migrations contains the name of an earlier table.
  { pattern: /(?<!\b(table|from|into|on|rename to) )\bvoices?\b/i, better: 'contribution' },
  { pattern: /\bthe world\b/i, better: 'I/O, the environment' },
  {
    pattern: /\bbars? (the|a) (needle|needling|session)\b|\bwhat bars\b/i,
    better: 'contraindication',
  },
  { pattern: /\bLayer \d/, better: 'say what the module does' },
  {
    pattern: /\b(holds?|held|have|has) (not|none)\b(?! (been|yet|changed)\b)/i,
    better: 'lacks, has no',
  },
  { pattern: /\b(holds?|held) no\b/i, better: 'has no, contains no' },
  { pattern: /\bno such thing\b/i, better: 'not found' },
  { pattern: /\bone too many\b/i, better: 'trailing, surplus' },
  { pattern: /\b(not|is|are) taken here\b/i, better: 'is not supported' },
  { pattern: /\bmak(e|es|ing) sense\b/i, better: 'cannot be parsed' },
  { pattern: /\b(has|have) not the (form|type)\b/i, better: 'is not a valid …' },
  { pattern: /\bnames nobody\b/i, better: 'references an unknown …' },
  { pattern: /\bwork(s|ed|ing)? out\b/i, better: 'calculate, derive' },
  { pattern: /\bhow badly\b/i, better: 'whether it is required' },
  { pattern: /\bbreach(es)?\b/i, better: 'violation' },
  { pattern: /\bjudges?\b|\bjudged\b/i, better: 'validator, classify' },
  { pattern: /\b(come|comes|came) to\b/i, better: 'result, outcome' },
  { pattern: /\bbe had\b/i, better: 'is available' },
  { pattern: /\bpass(es|ed|ing)? over\b/i, better: 'skip, ignore' },
  { pattern: /\b(puts?|putting) down to\b/i, better: 'attribute to' },
  { pattern: /\b(forgets?|forgot|forgotten|forgetting)\b/i, better: 'purge, delete' },
  { pattern: /\b(be|is|are) so\b(?! that\b)/i, better: 'be true' },
  { pattern: /\bthere already\b/i, better: 'already stored, duplicates' },
  { pattern: /\b(our|the|his) sign-in\b/i, better: 'authentication' },
  { pattern: /\bwhose words\b/i, better: 'the record that owns the content' },
  { pattern: /\bnowhere to go\b/i, better: 'no matching target' },
  { pattern: /\bgoes? without\b|\bput right\b|\bset right\b/i, better: 'repair, correct' },
  { pattern: /\bat hand\b/i, better: 'available, loaded' },
  // The codes `not-said` and `said-by` are part of the format.
  { pattern: /(?<![-\w])said\b(?!-)/i, better: 'reported, charted, written' },
  { pattern: /\b(nothing|anything|none) but\b/i, better: 'only, any … except' },
  { pattern: /\bwhatever\b/i, better: 'any, regardless of' },
  {
    pattern: /(?<!\b(because|some|each|most|all) )\bof which\b/i,
    better: 'whose, or two sentences',
  },
  { pattern: /\bas (it is|they are)(?=[.,;:)'"]|$)/i, better: 'unchanged' },
  { pattern: /\b(of|in) (its|their) own\b(?! [a-z])/i, better: 'its own …, separate' },
  { pattern: /(?<!-)\bask(s|ed|ing)? for\b/i, better: 'request, require' },
  { pattern: /\b(the|that) ones? (that|who|which|of|sent|being)\b/i, better: 'repeat the noun' },
  { pattern: /, else\b|\belse (from|by|undefined)\b/i, better: 'otherwise' },
  { pattern: /\b(anew|lest|likewise|nevertheless)\b/i, better: 'again, so that … not, also' },
];

/** Every comment, string and template text of a TypeScript source. */
export function sentencesOf(source: string): Sentence[] {
  const plain = stripTypeScriptTypes(source);
  const texts: Range[] = [];
  collect(parseAst(plain), plain, texts);
  const outside = blank(source, texts);
  const comments = [...outside.matchAll(/\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)*|\/\*[\s\S]*?\*\//g)];
  return [
    ...texts.map(({ start, text }) => ({ start, text })),
    ...comments.map((match) => ({ start: match.index, text: withoutMarks(match[0]) })),
  ]
    .sort((a, b) => a.start - b.start)
    .map(({ start, text }) => ({ line: source.slice(0, start).split('\n').length, text }));
}

/** What `sentences` say against the rules, one line each. */
export function wordingFaults(file: string, sentences: readonly Sentence[]): string[] {
  return sentences.flatMap(({ line, text }) =>
    WORDING_RULES.flatMap(({ pattern, better }) => {
      const found = pattern.exec(text)?.[0];
      return found === undefined ? [] : [`${file}:${line}: "${found}"; better: ${better}`];
    }),
  );
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function collect(value: unknown, source: string, found: Range[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, source, found);
    return;
  }
  const {
    type,
    start = 0,
    end = 0,
    regex,
  } = value as {
    type?: string;
    start?: number;
    end?: number;
    regex?: unknown;
  };
  if (type === 'Literal' || type === 'TemplateElement') {
    const raw = source.slice(start, end);
    const isText = regex === undefined && (type === 'TemplateElement' || /^['"]/.test(raw));
    // Regular expressions are ranges too: what looks like a comment in them is none.
    found.push({ start, end, text: isText ? raw : '' });
    return;
  }
  for (const inner of Object.values(value)) collect(inner, source, found);
}

function blank(source: string, ranges: readonly Range[]): string {
  let text = source;
  for (const { start, end } of ranges) {
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  }
  return text;
}

function withoutMarks(comment: string): string {
  return comment.replace(/^[ \t]*(\/\/|\/\*\*?|\*\/|\*)[ \t]?/gm, '').replace(/\s+/g, ' ');
}
