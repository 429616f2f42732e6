// Events that are not adverse: an Observation of the visit that reports them.
import type { ImsEvent } from '../../ims/schema/events.ts';
import { concept } from '../../terminology/concepts.ts';
import { coded } from '../body-site.ts';
import type { Context, MappedResource } from '../context.ts';
import { isAboutSession, isAdverse, sayEvent } from '../resources/adverse-event.ts';
import { assessmentReference, procedureReference } from '../resources/questionnaire-response.ts';
import { observation } from './observation.ts';

/** One Observation for each event of the record that is not adverse. */
export function reactionsToFhir(context: Context): MappedResource[] {
  return (context.record.events ?? [])
    .filter((event) => !isAdverse(event))
    .map((event) => reactionToFhir(context, event));
}

function reactionToFhir(context: Context, event: ImsEvent): MappedResource {
  const { code, considered, verification } = event;
  const present = verification === 'ruled-out' ? 'absent' : 'present';
  return observation(context, {
    part: 'event',
    key: event.key,
    code: code === undefined ? { text: event.asWritten?.code ?? 'Event' } : concept(code),
    category: 'survey',
    value: { valueCodeableConcept: concept(present) },
    says: sayEvent({ event, record: context.record }).join('; '),
    derivedFrom: assessmentReference(context),
    ...(isAboutSession(event, context.record) ? { partOf: procedureReference(context) } : {}),
    ...(event.startedAt === undefined ? {} : { effective: event.startedAt }),
    components: considered === undefined ? [] : [{ ...coded('event-considered', considered) }],
  });
}
