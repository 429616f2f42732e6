// Events. One that was charted as adverse, and not ruled out, -> AdverseEvent; every other one is an
// Observation. What it was considered is as charted, never derived from the code.
import type { AdverseEvent, CodeableConcept } from '@medplum/fhirtypes';
import { namesOf } from '../chart/names.ts';
import { xhtml } from '../chart/narrative.ts';
import { sayCode, sayObject } from '../chart/words.ts';
import { RECORD_SYSTEM, structureUrl } from '../fhir/canonical.ts';
import { events as definition, type ImsEvent } from '../ims/events.ts';
import type { ImsRecord } from '../ims/record.ts';
import { concept, hl7Coding } from '../terminology/concepts.ts';
import { type Context, type MappedResource, mapped } from './context.ts';
import { assessmentReference, procedureReference } from './documents.ts';
import { identifierValue, ourIdentifier } from './identity.ts';
import { coded, observation } from './observation.ts';

const HL7 = 'http://terminology.hl7.org/CodeSystem';
const CLASS_URL = structureUrl('event-class');

/** True for what becomes an AdverseEvent. */
export function isAdverse({ considered, verification }: ImsEvent): boolean {
  return considered === 'adverse' && verification !== 'ruled-out';
}

/** False for what began or was told before the session of the record: another session's event. */
export function isAboutSession(event: ImsEvent, { session, visit }: ImsRecord): boolean {
  if (session === undefined) return false;
  const start = session.startAt ?? visit?.startAt;
  const known = event.startedAt ?? event.reportedAt;
  return start === undefined || known === undefined || Date.parse(known) >= Date.parse(start);
}

/** Every event of the record, adverse or not. */
export function eventsToFhir(context: Context): MappedResource[] {
  return (context.record.events ?? []).map((event) =>
    isAdverse(event) ? adverseToFhir(context, event) : reactionToFhir(context, event),
  );
}

function adverseToFhir(context: Context, event: ImsEvent): MappedResource {
  const { subject, encounter, visitScope, record, mark, performers } = context;
  const value = identifierValue(visitScope, 'ae', event.key);
  const [recorder] = performers;
  const resource = {
    resourceType: 'AdverseEvent',
    meta: { tag: [{ system: RECORD_SYSTEM, code: value }] },
    text: {
      status: 'generated',
      div: xhtml([{ heading: 'Adverse event', lines: sayEvent(event, context) }]),
    },
    extension: [
      mark,
      ...(event.severity === undefined
        ? []
        : [{ url: CLASS_URL, valueCodeableConcept: concept(event.severity) }]),
    ],
    identifier: ourIdentifier(value),
    actuality: 'actual',
    event: eventConcept(event),
    subject,
    encounter,
    ...(event.startedAt === undefined ? {} : { date: event.startedAt }),
    recordedDate: event.reportedAt ?? record.recordedAt,
    ...seriousness(event),
    ...mappedCode('severity', event.intensity),
    ...mappedCode('outcome', event.outcome),
    ...(recorder === undefined ? {} : { recorder }),
    ...(!isAboutSession(event, record)
      ? {}
      : { suspectEntity: [{ instance: procedureReference(context), ...causality(event) }] }),
  } as AdverseEvent;
  return mapped(visitScope, { part: 'ae', key: event.key }, resource);
}

/** An event as a concept; a suspicion says so in its first word. */
export function eventConcept(event: ImsEvent): CodeableConcept {
  const { code, verification, asWritten } = event;
  const words = asWritten?.code;
  const said = words ?? (code === undefined ? 'Event' : sayCode(code));
  const suspected = verification === 'suspected' ? `Suspected: ${said}` : said;
  return { ...(code === undefined ? {} : concept(code)), text: suspected };
}

/** Serious exactly for the class that says so; absent where no class was charted. */
function seriousness({ severity }: ImsEvent) {
  if (severity === undefined) return {};
  const code = severity === 'ae-serious' ? 'Serious' : 'Non-serious';
  return { seriousness: { coding: [{ system: `${HL7}/adverse-event-seriousness`, code }] } };
}

function mappedCode(name: 'severity' | 'outcome', code: string | undefined) {
  const found = code === undefined ? undefined : hl7Coding(code, `${HL7}/adverse-event-${name}`);
  return found === undefined ? {} : { [name]: { coding: [found] } };
}

function causality({ causality }: ImsEvent) {
  const found =
    causality === undefined
      ? undefined
      : hl7Coding(causality, `${HL7}/adverse-event-causality-assess`);
  return found === undefined ? {} : { causality: [{ assessment: { coding: [found] } }] };
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
    says: sayEvent(event, context).join('; '),
    derivedFrom: assessmentReference(context),
    ...(isAboutSession(event, context.record) ? { partOf: procedureReference(context) } : {}),
    ...(event.startedAt === undefined ? {} : { effective: event.startedAt }),
    components: considered === undefined ? [] : [{ ...coded('event-considered', considered) }],
  });
}

function sayEvent(event: ImsEvent, { record }: Context): string[] {
  return sayObject(event, definition.of.members, namesOf(record));
}
