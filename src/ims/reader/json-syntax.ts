// Describes the first syntax error of a text that is not JSON. JSON.parse says where it is in some
// cases only, and may quote the text.
import { printParseErrorCode, visit } from 'jsonc-parser';

/** Characters that are searched for the error: the search takes longer than parsing. */
const MAX_SEARCHED = 1_000_000;

/** The message for a text that JSON.parse rejects, with line and column. Never quotes the text. */
export function syntaxErrorMessage(source: string): string {
  if (source.trim() === '') return message('line 1, column 1', UNEXPECTED_END);
  const searched = source.slice(0, MAX_SEARCHED);
  const error = firstError(searched);
  // An error where the searched part was cut off is not one of the text.
  if (error.end >= searched.length && searched.length < source.length) {
    return `is not valid JSON, after the first ${MAX_SEARCHED.toLocaleString('en')} characters`;
  }
  const before = searched.slice(0, error.offset);
  const line = before.split('\n').length;
  const position = `line ${line}, column ${error.offset - before.lastIndexOf('\n')}`;
  const rest = source.slice(error.offset).trimStart();
  if (rest === '') return message(position, UNEXPECTED_END);
  if (/^[}\]]/.test(rest) && before.trimEnd().endsWith(',')) {
    return message(position, `trailing comma before ${rest.charAt(0)}`);
  }
  return message(position, MESSAGES[printParseErrorCode(error.code)] ?? 'syntax error');
}

const UNEXPECTED_END = 'unexpected end of the text';

function message(position: string, error: string): string {
  return `is not valid JSON at ${position}: ${error}`;
}

interface SyntaxError {
  readonly code: number;
  readonly offset: number;
  readonly end: number;
}

function firstError(source: string): SyntaxError {
  let first: SyntaxError = { code: -1, offset: source.length, end: source.length };
  const stop = new Error('The first error was found.');
  const onError = (code: number, offset: number, length: number) => {
    first = { code, offset, end: offset + length };
    throw stop;
  };
  try {
    visit(source, { onError }, { disallowComments: true });
  } catch (error) {
    if (error !== stop) throw error;
  }
  return first;
}

/** By name of the error in jsonc-parser. */
const MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'text without quotes; only true, false, null and numbers are allowed',
  InvalidNumberFormat: 'invalid number',
  PropertyNameExpected: 'expected a member name in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected a colon after the member name',
  CommaExpected: 'expected a comma',
  CloseBraceExpected: 'expected a closing brace }',
  CloseBracketExpected: 'expected a closing bracket ]',
  EndOfFileExpected:
    'unexpected text after the end; for one record per line use NDJSON (file name .ndjson, content type application/x-ndjson)',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfComment: 'comments are not allowed',
  UnexpectedEndOfString: 'string without its closing quote',
  UnexpectedEndOfNumber: 'incomplete number',
  InvalidUnicode: 'invalid \\u escape sequence',
  InvalidEscapeCharacter: 'invalid escape sequence',
  InvalidCharacter: 'unescaped control character in a string',
};
