// Maps complications to Condition, in addition to AdverseEvent, for systems that show conditions but not
// events. A suspected complication is unconfirmed; one that was ruled out is refuted.
import type { Condition } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import { events as definition, type ImsEvent } from '../../ims/schema/events.ts';
import { hl7Concept } from '../../terminology/concepts.ts';
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

/** The Conditions caused by events whose latest report is in this record. */
export function complicationsToFhir(context: Context): MappedResource[] {
  return reportedEvents(context)
    .filter((reported) => isLatestReport(reported, context))
    .flatMap((reported) => {
      const isPresent = isComplication(reported.event);
      if (!isPresent && !mayHaveBeenComplication(reported)) return [];
      const condition = conditionToFhir(context, reported);
      return [isPresent ? condition : { ...condition, onlyIfExists: true }];
    });
}

/** True where a Condition may have been written before the event was ruled out. */
function mayHaveBeenComplication({ event }: ReportedEvent): boolean {
  const { verification, ...rest } = event;
  return verification === 'ruled-out' && isComplication(rest);
}

function conditionToFhir(
  context: Context,
  { event, history, scope }: ReportedEvent,
): MappedResource {
  const { subject, encounter, record, retracted } = context;
  const { key } = history.firstId;
  const lines = renderObject(event, definition.of.members, namesOf(record));
  const resource: Condition = {
    resourceType: 'Condition',
    meta: metaForProfile('harm'),
    text: {
      status: 'generated',
      div: narrativeDiv([...recordNotices(record), { heading: 'Complication of needling', lines }]),
    },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(scope, 'harm', key))],
    ...(retracted
      ? {}
      : { clinicalStatus: hl7Concept('condition-clinical', clinicalStatus(event)) }),
    verificationStatus: hl7Concept('condition-ver-status', verificationOf(event, retracted)),
    category: [hl7Concept('condition-category', 'encounter-diagnosis')],
    code: eventConcept(event),
    subject,
    encounter,
    ...defined({ onsetDateTime: event.startedAt }),
  };
  return mappedResource(scope, { part: 'harm', key }, resource);
}

/** Confirmed only where the chart confirms it: a report alone is not a confirmation. */
function verificationOf({ verification }: ImsEvent, retracted: boolean): string {
  if (retracted) return 'entered-in-error';
  if (verification === 'ruled-out') return 'refuted';
  return verification === 'confirmed' ? 'confirmed' : 'unconfirmed';
}

/** Active until the chart says that it resolved or was ruled out. */
function clinicalStatus({ outcome, verification }: ImsEvent): 'active' | 'inactive' | 'resolved' {
  if (verification === 'ruled-out') return 'inactive';
  return outcome === 'resolved' || outcome === 'resolved-with-sequelae' ? 'resolved' : 'active';
}
