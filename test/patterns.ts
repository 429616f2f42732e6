// Finds the regular expressions of src/ by parsing: literals and calls of the RegExp constructor.
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';

/** A regular expression of a file; `source` is undefined if it is only known at run time. */
export interface Pattern {
  readonly file: string;
  readonly source: string | undefined;
  readonly flags: string;
}

interface Node {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** The regular expressions of all files below `folder`. */
export function patternsIn(folder: string): Pattern[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => patternsOf(name, readFileSync(join(folder, name), 'utf8')));
}

/** The regular expressions of one file. */
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
    const { callee, arguments: args = [] } = node as { callee?: Node; arguments?: Node[] };
    if (callee?.type !== 'Identifier' || callee.name !== 'RegExp') return;
    const flags = textOf(args[1], texts) ?? '';
    patterns.push({ file, source: textOf(args[0], texts), flags });
  });
  return patterns;
}

/** The regular expressions in FHIRPath rules: the arguments of `matches` and `replaceMatches`. */
export function rulePatterns(rules: unknown): Pattern[] {
  const patterns: Pattern[] = [];
  eachObject(rules, (value) => {
    if (!Array.isArray(value) || value[0] !== 'call') return;
    const [, , name, args] = value as [string, unknown, string, unknown[][]];
    if (name !== 'matches' && name !== 'replaceMatches') return;
    const [[kind, text] = []] = args;
    const source = kind === 'value' ? String(text) : undefined;
    patterns.push({ file: `${name}()`, source, flags: name === 'matches' ? 's' : 'u' });
  });
  return patterns;
}

/** The value of an expression if it is a string literal or composed of string constants of the file. */
function textOf(node: Node | undefined, texts: ReadonlyMap<string, Node>): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node?.type === 'Identifier') {
    const init = texts.get(String(node.name));
    return init === undefined ? undefined : textOf(init, texts);
  }
  if (node?.type !== 'TemplateLiteral') return undefined;
  const quasis = node.quasis as { value: { cooked: string } }[];
  const values = (node.expressions as Node[]).map((expression) => textOf(expression, texts));
  if (values.includes(undefined)) return undefined;
  return quasis.map(({ value }, index) => value.cooked + (values[index] ?? '')).join('');
}

function walk(value: unknown, visit: (node: Node) => void): void {
  eachObject(value, (object) => {
    if ('type' in object) visit(object as Node);
  });
}

function eachObject(value: unknown, visit: (object: object) => void): void {
  if (typeof value !== 'object' || value === null) return;
  visit(value);
  for (const inner of Object.values(value)) eachObject(inner, visit);
}
