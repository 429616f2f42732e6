// Maps violations of clinical rules to DetectedIssue. They are derived again at each push and never read
// back; the narratives show the same text right after the contraindications.
import type { DetectedIssue, Reference } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderViolation } from '../../chart/safety-blocks.ts';
import { defined } from '../../defined.ts';
import type { RuleViolation } from '../../ims/records/findings.ts';
import { concept } from '../../terminology/concepts.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  observationStatus,
} from '../context.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';
import { procedureReference, responseReferences } from './questionnaire-response.ts';

/** One DetectedIssue for each violated rule. */
export function detectedIssuesToFhir(context: Context): MappedResource[] {
  return context.violations.map((violation) => issueToFhir(context, violation));
}

function issueToFhir(context: Context, violation: RuleViolation): MappedResource {
  const { record, subject, recordExtension, visitAt, visitScope } = context;
  const detail = renderViolation(violation, namesOf(record));
  const implicated = implicatedBy(context);
  const resource = {
    resourceType: 'DetectedIssue',
    meta: metaForProfile('issue'),
    text: {
      status: 'generated',
      div: narrativeDiv([
        ...recordNotices(record),
        { heading: 'Finding on how the session was performed', lines: [detail] },
      ]),
    },
    extension: [recordExtension],
    identifier: [ourIdentifier(identifierValue(visitScope, 'issue', violation.code))],
    status: observationStatus(context),
    code: concept(violation.code),
    patient: subject,
    ...defined({ identifiedDateTime: visitAt }),
    ...(implicated.length === 0 ? {} : { implicated }),
    detail,
  } as DetectedIssue;
  return mappedResource(visitScope, { part: 'issue', key: violation.code }, resource);
}

/** The session and the responses that the violation was derived from. */
function implicatedBy(context: Context): Reference[] {
  const session = context.record.session === undefined ? [] : [procedureReference(context)];
  return [...session, ...responseReferences(context)];
}
