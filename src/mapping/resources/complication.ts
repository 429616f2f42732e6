// What harmed the patient -> a Condition beside its AdverseEvent, for systems that show conditions and
// no events. Suspected it is unconfirmed, looked for and not found it is refuted.
import type { Condition } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { xhtml } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { events as definition, type ImsEvent } from '../../ims/schema/events.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  sharedRecordExtension,
} from '../context.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';
import {
  eventConcept,
  isComplication,
  isLatestReport,
  type ReportedEvent,
  reportedEvents,
} from './adverse-event.ts';
import { status } from './condition.ts';

/** The Conditions of the events that this record was the last to tell of. */
export function complicationsToFhir(context: Context): MappedResource[] {
  return reportedEvents(context)
    .filter((one) => isLatestReport(one, context))
    .flatMap((one) => {
      if (isComplication(one.event)) return [conditionToFhir(context, one)];
      return wasComplication(one) ? [{ ...conditionToFhir(context, one), onlyIfExists: true }] : [];
    });
}

/** True where one may have been written before it was ruled out. */
function wasComplication({ event }: ReportedEvent): boolean {
  const { verification, ...rest } = event;
  return verification === 'ruled-out' && isComplication(rest);
}

function conditionToFhir(
  context: Context,
  { event, history, scope }: ReportedEvent,
): MappedResource {
  const { subject, encounter, record, retracted } = context;
  const { key } = history.first;
  const lines = renderObject(event, definition.of.members, namesOf(record));
  const resource: Condition = {
    resourceType: 'Condition',
    meta: metaForProfile('harm'),
    text: {
      status: 'generated',
      div: xhtml([...recordNotices(record), { heading: 'Complication of needling', lines }]),
    },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(scope, 'harm', key))],
    ...(retracted ? {} : { clinicalStatus: status('condition-clinical', clinicalStatus(event)) }),
    verificationStatus: status('condition-ver-status', verificationOf(event, retracted)),
    category: [status('condition-category', 'encounter-diagnosis')],
    code: eventConcept(event),
    subject,
    encounter,
    ...(event.startedAt === undefined ? {} : { onsetDateTime: event.startedAt }),
  };
  return mappedResource(scope, { part: 'harm', key }, resource);
}

/** Confirmed only where the chart says so: that it happened, without more, is what somebody told. */
function verificationOf({ verification }: ImsEvent, retracted: boolean): string {
  if (retracted) return 'entered-in-error';
  if (verification === 'ruled-out') return 'refuted';
  return verification === 'confirmed' ? 'confirmed' : 'unconfirmed';
}

/** Over once the chart says so, or once it was ruled out; until then it must be reckoned with. */
function clinicalStatus({ outcome, verification }: ImsEvent): 'active' | 'inactive' | 'resolved' {
  if (verification === 'ruled-out') return 'inactive';
  return outcome === 'resolved' || outcome === 'resolved-with-sequelae' ? 'resolved' : 'active';
}
