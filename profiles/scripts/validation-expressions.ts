// FHIRPath of invariants, parsed once when the definitions are compiled.
import fhirpath from 'fhirpath';
import type { Expression } from '../../src/validation/fhirpath/expression.ts';

/** A node of the parser's tree. */
interface Node {
  readonly type: string;
  readonly text?: string;
  readonly children?: readonly Node[];
}

/** Parses FHIRPath. Throws where it is no expression, or uses what no invariant has used so far. */
export function parseExpression(text: string): Expression {
  try {
    return read(fhirpath.parse(text) as Node);
  } catch (cause) {
    throw new Error(`FHIRPath cannot be compiled: ${text}`, { cause });
  }
}

const BINARY = new Set([
  'ImpliesExpression',
  'OrExpression',
  'AndExpression',
  'MembershipExpression',
  'InequalityExpression',
  'EqualityExpression',
  'UnionExpression',
  'AdditiveExpression',
  'MultiplicativeExpression',
]);
/** Wrappers that mean their one child. */
const PLAIN = new Set([
  'EntireExpression',
  'TermExpression',
  'InvocationTerm',
  'ParenthesizedTerm',
  'LiteralTerm',
]);

function read(node: Node): Expression {
  const [first, second] = node.children ?? [];
  if (PLAIN.has(node.type) && first !== undefined) return read(first);
  if (BINARY.has(node.type)) return ['op', node.text ?? '', read(must(first)), read(must(second))];
  switch (node.type) {
    case 'InvocationExpression':
      return invoke(read(must(first)), must(second));
    case 'MemberInvocation':
    case 'FunctionInvocation':
      return invoke(null, node);
    case 'ThisInvocation':
      return ['this'];
    case 'IndexerExpression':
      return ['index', read(must(first)), read(must(second))];
    case 'TypeExpression':
      return [node.text === 'as' ? 'as' : 'is', read(must(first)), typeName(must(second))];
    case 'PolarityExpression':
      return ['minus', read(must(first))];
    case 'ExternalConstantTerm':
      return ['variable', node.text ?? ''];
    default:
      return ['value', literal(node)];
  }
}

function invoke(target: Expression | null, node: Node): Expression {
  if (node.type === 'ThisInvocation') return target ?? ['this'];
  if (node.type === 'MemberInvocation') return ['get', target, unquoted(node.text ?? '')];
  const [name, parameters] = must(node.children?.[0]).children ?? [];
  const text = name?.text ?? '';
  const given = parameters?.children ?? [];
  if (text === 'is' || text === 'as') {
    return [text, target ?? ['this'], typeName(must(given[0]))];
  }
  const args = given.map((one): Expression => (text === 'ofType' ? ofType(one) : read(one)));
  return ['call', target, text, args];
}

function ofType(node: Node): Expression {
  return ['value', typeName(node)];
}

function typeName(node: Node): string {
  return (node.text ?? '').replace(/^(FHIR|System)\./, '');
}

function literal(node: Node): string | number | boolean | [] {
  const text = node.text ?? '';
  switch (node.type) {
    case 'StringLiteral':
      return unescaped(text.slice(1, -1));
    case 'NumberLiteral':
      return Number(text);
    case 'BooleanLiteral':
      return text === 'true';
    case 'NullLiteral':
      return [];
    default:
      throw new Error(`"${node.type}" is not used by any rule yet.`);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_match, escaped: string) =>
    escaped.startsWith('u') && escaped.length === 5
      ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
      : (ESCAPES[escaped] ?? escaped),
  );
}

function unquoted(name: string): string {
  return name.replace(/^`(.*)`$/, '$1');
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The parsed expression lacks a part.');
  return value;
}
