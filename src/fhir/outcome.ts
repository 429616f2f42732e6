// Converts issues to a FHIR OperationOutcome, and the OperationOutcome of a server to issues.
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { type Issue, informationIssue, type Severity } from '../errors.ts';
import { isOfType } from './resource.ts';
import { itemsOf, memberOf, textOf } from './untrusted.ts';

type IssueType = OperationOutcomeIssue['code'];

/** The meaning of each issue type in a message: https://hl7.org/fhir/R4/codesystem-issue-type.html */
const MEANING: Record<IssueType, string> = {
  invalid: 'the content does not conform to the specification or a profile',
  structure: 'the structure of the content is invalid',
  required: 'a required element is missing',
  value: 'an element has an invalid value',
  invariant: 'a validation rule failed',
  security: 'the request is not authorized',
  login: 'authentication is required',
  unknown: 'the user is unknown',
  expired: 'the session has expired',
  forbidden: 'the user is not allowed to do this',
  suppressed: 'some information was withheld',
  processing: 'the content could not be processed',
  'not-supported': 'the interaction, resource or profile is not supported',
  duplicate: 'the resource already exists',
  'multiple-matches': 'several resources match where one was expected',
  'not-found': 'a referenced resource was not found',
  deleted: 'a referenced resource has been deleted',
  'too-long': 'the content is too long',
  'code-invalid': 'a code is unknown or not allowed',
  extension: 'an extension is not supported',
  'too-costly': 'the operation is too costly',
  'business-rule': 'a business rule was violated',
  conflict: 'the content conflicts with another change',
  transient: 'a temporary error occurred',
  'lock-error': 'a lock could not be acquired',
  'no-store': 'the data store is unavailable',
  exception: 'an internal error occurred',
  timeout: 'an internal timeout occurred',
  incomplete: 'the results may be incomplete',
  throttled: 'the server is overloaded',
  informational: 'a note',
};

const SEVERITIES: ReadonlySet<string> = new Set(['fatal', 'error', 'warning', 'information']);

/** URL of the R4 extension for the source of an issue, such as a rule. */
const ISSUE_SOURCE = 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-source';

function isIssueType(code: string): code is IssueType {
  return Object.hasOwn(MEANING, code);
}

/**
 * Converts issues to an OperationOutcome. A code that is not a FHIR issue type is written to
 * `details.coding`, and the issue type is `processing`. A JSON pointer is written to `diagnostics`,
 * because `expression` must be FHIRPath. An empty list gives an `informational` issue: R4 requires one.
 */
export function toOutcome(issues: readonly Issue[]): OperationOutcome {
  const reported = issues.length > 0 ? issues : [informationIssue('informational', '', 'All OK.')];
  return { resourceType: 'OperationOutcome', issue: reported.map(toOutcomeIssue) };
}

function toOutcomeIssue(issue: Issue): OperationOutcomeIssue {
  const isStandard = isIssueType(issue.code);
  const isPointer = issue.path.startsWith('/');
  return {
    ...(issue.source === undefined
      ? {}
      : { extension: [{ url: ISSUE_SOURCE, valueString: issue.source }] }),
    severity: issue.severity,
    code: isStandard ? (issue.code as IssueType) : 'processing',
    details: { ...(isStandard ? {} : { coding: [{ code: issue.code }] }), text: issue.message },
    ...(isPointer ? { diagnostics: `at ${issue.path}` } : {}),
    ...(isPointer || issue.path === '' ? {} : { expression: [issue.path] }),
  };
}

/**
 * Converts the OperationOutcome of a server to issues; other values give no issues. Its texts
 * (`details.text`, `diagnostics`) are not copied, because servers quote patient data in them. Instead,
 * the message contains the meaning of the issue type and the error codes of the server.
 */
export function fromOutcome(outcome: unknown): Issue[] {
  if (!isOfType(outcome, 'OperationOutcome')) return [];
  return itemsOf(outcome.issue).map(fromOutcomeIssue);
}

function fromOutcomeIssue(issue: unknown): Issue {
  const code = textOf(memberOf(issue, 'code')) ?? '';
  const type = isIssueType(code) ? code : 'processing';
  const severity = textOf(memberOf(issue, 'severity')) ?? '';
  const codes = serverCodes(issue);
  return {
    severity: SEVERITIES.has(severity) ? (severity as Severity) : 'error',
    code: type,
    path: pathOf(issue),
    message: `The server reported: ${MEANING[type]}${codes.length > 0 ? ` (${codes.join(', ')})` : ''}.`,
  };
}

/** The path of an issue. Only simple paths are kept: a path with a value may contain a patient's name. */
function pathOf(issue: unknown): string {
  const [path] = [
    ...itemsOf(memberOf(issue, 'expression')),
    ...itemsOf(memberOf(issue, 'location')),
  ];
  return typeof path === 'string' && /^[A-Za-z][\w.:[\]/-]{0,200}$/.test(path) ? path : '';
}

/**
 * The server's own error codes: those in `details.coding` that look like error codes (Epic sends numbers
 * such as 59141), and those of HAPI such as `HAPI-1094`, which are only in its texts.
 */
function serverCodes(issue: unknown): string[] {
  const codes = new Set<string>();
  const details = memberOf(issue, 'details');
  for (const coding of itemsOf(memberOf(details, 'coding'))) {
    const code = textOf(memberOf(coding, 'code')) ?? '';
    if (/^([A-Z]+(_[A-Z]+)+|[A-Z]+-\d{1,6}|\d{3,6})$/.test(code)) codes.add(code);
  }
  for (const text of [memberOf(issue, 'diagnostics'), memberOf(details, 'text')]) {
    for (const [code] of (textOf(text) ?? '').matchAll(/\bHAPI-\d{4}\b/g)) codes.add(code);
  }
  return [...codes];
}
