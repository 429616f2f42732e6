// Parses the FHIRPath of invariants when the definitions are compiled.
import fhirpath from 'fhirpath';
import type { Expression } from '../../src/validation/fhirpath/language.ts';

/** A node of the syntax tree that the fhirpath package returns. */
interface Node {
  readonly type: string;
  readonly text?: string;
  readonly children?: readonly Node[];
}

/** Parses FHIRPath. Throws for a syntax error and for syntax that no invariant of R4 uses. */
export function parseExpression(text: string): Expression {
  try {
    return convert(fhirpath.parse(text) as Node);
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
/** Nodes that only wrap one child. */
const WRAPPERS = new Set([
  'EntireExpression',
  'TermExpression',
  'InvocationTerm',
  'ParenthesizedTerm',
  'LiteralTerm',
]);

function convert(node: Node): Expression {
  const [first, second] = node.children ?? [];
  if (WRAPPERS.has(node.type) && first !== undefined) return convert(first);
  if (BINARY.has(node.type)) {
    return ['op', node.text ?? '', convert(required(first)), convert(required(second))];
  }
  switch (node.type) {
    case 'InvocationExpression':
      return convertInvocation(convert(required(first)), required(second));
    case 'MemberInvocation':
    case 'FunctionInvocation':
      return convertInvocation(null, node);
    case 'ThisInvocation':
      return ['this'];
    case 'IndexerExpression':
      return ['index', convert(required(first)), convert(required(second))];
    case 'TypeExpression':
      return [
        node.text === 'as' ? 'as' : 'is',
        convert(required(first)),
        typeName(required(second)),
      ];
    case 'PolarityExpression':
      return ['minus', convert(required(first))];
    case 'ExternalConstantTerm':
      return ['variable', node.text ?? ''];
    default:
      return ['value', literal(node)];
  }
}

function convertInvocation(target: Expression | null, node: Node): Expression {
  if (node.type === 'ThisInvocation') return target ?? ['this'];
  if (node.type === 'MemberInvocation') return ['get', target, unquoted(node.text ?? '')];
  const [nameNode, parameters] = required(node.children?.[0]).children ?? [];
  const name = nameNode?.text ?? '';
  const args = parameters?.children ?? [];
  if (name === 'is' || name === 'as') {
    return [name, target ?? ['this'], typeName(required(args[0]))];
  }
  const convertArgument = (arg: Node): Expression =>
    name === 'ofType' ? ['value', typeName(arg)] : convert(arg);
  return ['call', target, name, args.map(convertArgument)];
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
      throw new Error(`"${node.type}" is not supported.`);
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

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The syntax tree lacks a node.');
  return value;
}
