import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { type Issue, informationIssue, type Severity } from '../errors.ts';
import { isOfType } from './resource.ts';

type IssueType = OperationOutcomeIssue['code'];

/** What each issue type says, in a sentence: https://hl7.org/fhir/R4/codesystem-issue-type.html */
const SENTENCE: Record<IssueType, string> = {
  invalid: 'the content does not follow the specification or a profile',
  structure: 'the structure of the content is wrong',
  required: 'a required element is missing',
  value: 'an element has an invalid value',
  invariant: 'a validation rule failed',
  security: 'it is not authorized',
  login: 'a login is needed',
  unknown: 'the caller is not known',
  expired: 'the session has expired',
  forbidden: 'the caller may not do this',
  suppressed: 'information was held back',
  processing: 'it could not be processed',
  'not-supported': 'this is not supported',
  duplicate: 'it exists already',
  'multiple-matches': 'several resources match where one was expected',
  'not-found': 'something referred to was not found',
  deleted: 'something referred to has been deleted',
  'too-long': 'the content is too long',
  'code-invalid': 'a code is not known or not allowed here',
  extension: 'an extension is not accepted',
  'too-costly': 'the operation is too costly',
  'business-rule': 'a business rule refused it',
  conflict: 'it conflicts with another change',
  transient: 'it failed for the moment',
  'lock-error': 'a lock could not be had',
  'no-store': "the server's store is not available",
  exception: 'the server failed',
  timeout: 'the server ran out of time',
  incomplete: 'the answer may be incomplete',
  throttled: 'the server is under too much load',
  informational: 'a note',
};

const SEVERITIES: ReadonlySet<string> = new Set(['fatal', 'error', 'warning', 'information']);

/** Where FHIR R4 puts the rule an issue comes from. */
const ISSUE_SOURCE = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-source';

function isIssueType(code: string): code is IssueType {
  return Object.hasOwn(SENTENCE, code);
}

/**
 * Issues as an OperationOutcome. A code that is no FHIR issue type becomes `processing` with the
 * code in `details.coding`; a JSON pointer stands in `diagnostics`, because `expression` is FHIRPath.
 * No issue at all becomes one `informational` entry, since an outcome may not be empty.
 */
export function toOutcome(issues: readonly Issue[]): OperationOutcome {
  const list = issues.length > 0 ? issues : [informationIssue('informational', '', 'All OK.')];
  return { resourceType: 'OperationOutcome', issue: list.map(toOutcomeIssue) };
}

function toOutcomeIssue(issue: Issue): OperationOutcomeIssue {
  const known = isIssueType(issue.code);
  const pointer = issue.path.startsWith('/');
  return {
    ...(issue.source === undefined
      ? {}
      : { extension: [{ url: ISSUE_SOURCE, valueString: issue.source }] }),
    severity: issue.severity,
    code: known ? (issue.code as IssueType) : 'processing',
    details: { ...(known ? {} : { coding: [{ code: issue.code }] }), text: issue.message },
    ...(pointer ? { diagnostics: `at ${issue.path}` } : {}),
    ...(pointer || issue.path === '' ? {} : { expression: [issue.path] }),
  };
}

/**
 * What a server's OperationOutcome says, as issues. Its own words (`details.text`, `diagnostics`)
 * are left out, because servers quote patient data in them: the message is the meaning of the issue
 * type with the server's error codes. Anything but an OperationOutcome gives no issue.
 */
export function fromOutcome(outcome: unknown): Issue[] {
  if (!isOfType(outcome, 'OperationOutcome')) return [];
  const issues: unknown = outcome.issue;
  return Array.isArray(issues) ? issues.map(fromOutcomeIssue) : [];
}

function fromOutcomeIssue(raw: unknown): Issue {
  const issue = (
    typeof raw === 'object' && raw !== null ? raw : {}
  ) as Partial<OperationOutcomeIssue>;
  const type =
    typeof issue.code === 'string' && isIssueType(issue.code) ? issue.code : 'processing';
  const codes = serverCodes(issue);
  return {
    severity: SEVERITIES.has(String(issue.severity)) ? (issue.severity as Severity) : 'error',
    code: type,
    path: pathOf(issue),
    message: `The server says: ${SENTENCE[type]}${codes.length > 0 ? ` (${codes.join(', ')})` : ''}.`,
  };
}

/** Only plain paths pass: one with a quoted value in it may hold what a patient is called. */
function pathOf(issue: Partial<OperationOutcomeIssue>): string {
  const path: unknown = issue.expression?.[0] ?? issue.location?.[0];
  return typeof path === 'string' && /^[A-Za-z][\w.:[\]/-]{0,200}$/.test(path) ? path : '';
}

/**
 * The server's own error codes: `details.coding` where it looks like a code (Epic has numbers such
 * as 59141), and HAPI's `HAPI-1094`, which stands in the text only.
 */
function serverCodes(issue: Partial<OperationOutcomeIssue>): string[] {
  const codes = new Set<string>();
  for (const coding of issue.details?.coding ?? []) {
    const code: unknown = coding?.code;
    if (typeof code === 'string' && /^([A-Z]+(_[A-Z]+)+|[A-Z]+-\d{1,6}|\d{3,6})$/.test(code)) {
      codes.add(code);
    }
  }
  const text = `${issue.diagnostics ?? ''} ${issue.details?.text ?? ''}`;
  for (const [code] of text.matchAll(/\bHAPI-\d{4}\b/g)) codes.add(code);
  return [...codes];
}
