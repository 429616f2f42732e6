// Observations of events that are not adverse, such as an expected reaction to needling.
import type { ImsEvent } from '../../ims/schema/events.ts';
import { concept } from '../../terminology/concepts.ts';
import { codedComponent } from '../body-site.ts';
import type { Context, MappedResource } from '../context.ts';
import { isAboutSession, isAdverse, renderEvent } from '../resources/adverse-event.ts';
import { assessmentReference, procedureReference } from '../resources/questionnaire-response.ts';
import { observationToFhir } from './observation.ts';

/** One Observation per event of the record that is not adverse. */
export function reactionsToFhir(context: Context): MappedResource[] {
  return (context.record.events ?? [])
    .filter((event) => !isAdverse(event))
    .map((event) => reactionToFhir(context, event));
}

function reactionToFhir(context: Context, event: ImsEvent): MappedResource {
  const { key, code, considered, verification, startedAt } = event;
  const presence = verification === 'ruled-out' ? 'absent' : 'present';
  return observationToFhir(context, {
    part: 'event',
    key,
    code: code === undefined ? { text: event.asWritten?.code ?? 'Event' } : concept(code),
    category: 'survey',
    value: { valueCodeableConcept: concept(presence) },
    narrative: renderEvent({ event, record: context.record }).join('; '),
    derivedFrom: assessmentReference(context),
    ...(isAboutSession(event, context.record) ? { partOf: procedureReference(context) } : {}),
    ...(startedAt === undefined ? {} : { effective: startedAt }),
    components: considered === undefined ? [] : [codedComponent('event-considered', considered)],
  });
}
