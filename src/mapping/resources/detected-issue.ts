// A rule that was not kept and that a reader must see -> DetectedIssue. Worked out anew at each push
// and never read back; the same words stand in the narratives right after the contraindications.
import type { DetectedIssue, Reference } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { xhtml } from '../../chart/narrative.ts';
import { sayDetected } from '../../chart/safety-first.ts';
import { titleOf } from '../../chart/title.ts';
import type { Detected } from '../../ims/records/findings.ts';
import { concept } from '../../terminology/concepts.ts';
import {
  type Context,
  claimOf,
  type MappedResource,
  mapped,
  observationStatus,
} from '../context.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';
import { procedureReference, responseReferences } from './questionnaire-response.ts';

/** One DetectedIssue for each rule. */
export function detectedToFhir(context: Context): MappedResource[] {
  return context.detected.map((one) => issueToFhir(context, one));
}

function issueToFhir(context: Context, one: Detected): MappedResource {
  const { record, subject, mark, visitAt, visitScope } = context;
  const detail = sayDetected(one, namesOf(record));
  const implicated = implicatedBy(context);
  const resource = {
    resourceType: 'DetectedIssue',
    meta: claimOf('issue'),
    text: {
      status: 'generated',
      div: xhtml([...titleOf(record), { heading: 'Finding on how it was done', lines: [detail] }]),
    },
    extension: [mark],
    identifier: [ourIdentifier(identifierValue(visitScope, 'issue', one.code))],
    status: observationStatus(context),
    code: concept(one.code),
    patient: subject,
    ...(visitAt === undefined ? {} : { identifiedDateTime: visitAt }),
    ...(implicated.length === 0 ? {} : { implicated }),
    detail,
  } as DetectedIssue;
  return mapped(visitScope, { part: 'issue', key: one.code }, resource);
}

/** The session and the responses that it was worked out from. */
function implicatedBy(context: Context): Reference[] {
  const session = context.record.session === undefined ? [] : [procedureReference(context)];
  return [...session, ...responseReferences(context)];
}
