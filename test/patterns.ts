// Every regular expression of src/, found by parsing: literals, and constructors whose text is known.
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';

/** A pattern and where it is; without `source` where the text is only known when it runs. */
export interface Pattern {
  readonly file: string;
  readonly source: string | undefined;
  readonly flags: string;
}

interface Node {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** The patterns of all files below `folder`. */
export function patternsIn(folder: string): Pattern[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => patternsOf(name, readFileSync(join(folder, name), 'utf8')));
}

/** The patterns of one file. */
export function patternsOf(file: string, source: string): Pattern[] {
  const program = parseAst(stripTypeScriptTypes(source)) as unknown as Node;
  const texts = new Map<string, Node>();
  const patterns: Pattern[] = [];
  walk(program, (node) => {
    const { id, init } = node as { id?: Node; init?: Node };
    if (node.type === 'VariableDeclarator' && id?.type === 'Identifier' && init) {
      texts.set(String(id.name), init);
    }
  });
  walk(program, (node) => {
    const { regex } = node as { regex?: { pattern: string; flags: string } };
    if (regex) patterns.push({ file, source: regex.pattern, flags: regex.flags });
    const { callee, arguments: given = [] } = node as { callee?: Node; arguments?: Node[] };
    if (callee?.type !== 'Identifier' || callee.name !== 'RegExp') return;
    const flags = textOf(given[1], texts) ?? '';
    patterns.push({ file, source: textOf(given[0], texts), flags });
  });
  return patterns;
}

/** The patterns that rules in FHIRPath use: the text that `matches` and `replaceMatches` are given. */
export function rulePatterns(rules: unknown): Pattern[] {
  const patterns: Pattern[] = [];
  eachValue(rules, (value) => {
    if (!Array.isArray(value) || value[0] !== 'call') return;
    const [, , name, args] = value as [string, unknown, string, unknown[][]];
    if (name !== 'matches' && name !== 'replaceMatches') return;
    const [[kind, text] = []] = args;
    const source = kind === 'value' ? String(text) : undefined;
    patterns.push({ file: `${name}()`, source, flags: name === 'matches' ? 's' : 'u' });
  });
  return patterns;
}

/** The value of an expression, where it is a text that the file itself spells out. */
function textOf(node: Node | undefined, texts: ReadonlyMap<string, Node>): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node?.type === 'Identifier') {
    const init = texts.get(String(node.name));
    return init === undefined ? undefined : textOf(init, texts);
  }
  if (node?.type !== 'TemplateLiteral') return undefined;
  const quasis = node.quasis as { value: { cooked: string } }[];
  const inner = (node.expressions as Node[]).map((one) => textOf(one, texts));
  if (inner.includes(undefined)) return undefined;
  return quasis.map(({ value }, at) => value.cooked + (inner[at] ?? '')).join('');
}

function walk(value: unknown, visit: (node: Node) => void): void {
  eachValue(value, (inside) => {
    if ('type' in inside) visit(inside as Node);
  });
}

function eachValue(value: unknown, visit: (inside: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  visit(value);
  for (const inside of Object.values(value)) eachValue(inside, visit);
}
