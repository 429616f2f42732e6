// The SearchParameters: what R4 cannot search and people who look after a chart ask for. A server
// that loads them finds sessions by muscle and side, Flags by status, events by class, and everything
// by the record it came from. All codes begin with `ims-`, so none meets one of R4 or of a server.
import type { SearchParameter } from '@medplum/fhirtypes';
import { CANONICAL, PROFILE_VERSION, structureUrl } from '../../src/fhir/canonical.ts';
import { RECORD_URL } from '../../src/mapping/context.ts';
import { BASELINE_URL } from '../../src/mapping/observations/baseline.ts';
import { eventReportUrl } from '../../src/mapping/resources/adverse-event.ts';
import { SUPPORTING_URL, sessionUrl } from '../../src/mapping/resources/procedure.ts';
import { IMS_SYSTEM } from '../../src/terminology/codes.ts';
import { MARKED } from './extensions.ts';

type Base = SearchParameter['base'][number];

/** One parameter: what it finds, and where its values stand in each type. */
interface Row {
  readonly code: string;
  readonly type: SearchParameter['type'];
  readonly finds: string;
  /** FHIRPath below the type. */
  readonly where: Readonly<Partial<Record<Base, string>>>;
  readonly target?: SearchParameter['target'];
  /** Parts of a composite: code of the parameter, and its path below that of the row. */
  readonly parts?: readonly (readonly [code: string, path: string])[];
}

/** The value of an extension of the resource, or of a part of it. */
function extensionValue(url: string, part?: string): string {
  const inner = part === undefined ? '' : `.${partOf(part)}`;
  return `extension.where(url = '${url}')${inner}.value`;
}

function partOf(name: string): string {
  return `extension.where(url = '${name}')`;
}

/** The value of the component that our code names. */
function component(code: string, type = 'CodeableConcept'): string {
  const named = `code.coding.where(system = '${IMS_SYSTEM}' and code = '${code}').exists()`;
  return `component.where(${named}).value.ofType(${type})`;
}

const SITE = sessionUrl('sites');
const onMarked = (part: string) =>
  Object.fromEntries(MARKED.map((type) => [type, extensionValue(RECORD_URL, part)]));

const ofRecords: readonly Row[] = [
  {
    code: 'ims-record-source',
    type: 'uri',
    finds: 'Everything that came from the records of one clinic system, by its URI.',
    where: onMarked('source'),
  },
  {
    code: 'ims-record-id',
    type: 'token',
    finds:
      'Everything that one record wrote, by the number the clinic gave it; together with ims-record-source where several clinics write. What visits share is found under the record that changed it last.',
    where: onMarked('recordId'),
  },
  {
    code: 'ims-record-status',
    type: 'token',
    finds: 'What belongs to drafts, to amended records, to records entered in error.',
    where: onMarked('status'),
  },
  {
    code: 'ims-recorded-at',
    type: 'date',
    finds: 'What was written in the clinic at some time, whenever it arrived here.',
    where: onMarked('recordedAt'),
  },
  {
    code: 'ims-origin',
    type: 'token',
    finds: 'Visits charted on the spot, copied from paper, or moved from another system.',
    where: {
      Encounter: extensionValue(RECORD_URL, 'origin').replace(/value$/, `${partOf('how')}.value`),
    },
  },
];

const ofPlaces: readonly Row[] = [
  {
    code: 'ims-body-site',
    type: 'token',
    finds:
      'Findings and sessions at a body site, by our code or by the SNOMED CT code beside it, which may be that of a whole group of muscles.',
    where: { Observation: 'bodySite', Procedure: 'bodySite' },
  },
  {
    code: 'ims-muscle',
    type: 'token',
    finds: 'Findings at a muscle, and sessions in which it was needled.',
    where: {
      Observation: component('site-muscle'),
      Procedure: extensionValue(SITE, 'muscle'),
    },
  },
  {
    code: 'ims-side',
    type: 'token',
    finds: 'Findings on a side of the body, and sessions in which something there was needled.',
    where: { Observation: component('site-side'), Procedure: extensionValue(SITE, 'side') },
  },
  {
    code: 'ims-muscle-side',
    type: 'composite',
    finds:
      'Sessions in which a muscle was needled on a side: muscle and side of the same site, which ims-muscle and ims-side together cannot tell.',
    where: { Procedure: `extension.where(url = '${SITE}')` },
    parts: [
      ['ims-muscle', `${partOf('muscle')}.value`],
      ['ims-side', `${partOf('side')}.value`],
    ],
  },
  {
    code: 'ims-segment',
    type: 'token',
    finds: 'Findings at a spinal segment, and sessions with a site that was needled for it.',
    where: {
      Observation: component('site-segment'),
      Procedure: extensionValue(SITE, 'segments'),
    },
  },
  {
    code: 'ims-region',
    type: 'token',
    finds: 'Findings in a region of the body that names no muscle.',
    where: { Observation: component('site-region') },
  },
];

const ofSessions: readonly Row[] = [
  {
    code: 'ims-session-number',
    type: 'quantity',
    finds: 'Sessions by their number in the course: the first, those past the fifth.',
    where: { Procedure: extensionValue(sessionUrl('course'), 'sessionNumber') },
  },
  {
    code: 'ims-screening',
    type: 'reference',
    finds: 'Sessions that rest on a screening.',
    where: { Procedure: extensionValue(SUPPORTING_URL) },
    target: ['QuestionnaireResponse'],
  },
  {
    code: 'ims-status-reason',
    type: 'token',
    finds: 'Sessions that were not done or were broken off, by the reason.',
    where: { Procedure: 'statusReason' },
  },
  {
    code: 'ims-complication',
    type: 'token',
    finds: 'Sessions after which an event was charted as adverse.',
    where: { Procedure: 'complication' },
  },
];

const ofFindings: readonly Row[] = [
  {
    code: 'ims-finding',
    type: 'token',
    finds:
      'Signs, red flags and screening answers that are present, by what SNOMED CT calls them; never one that was denied.',
    where: { Observation: component('finding') },
  },
  {
    code: 'ims-finding-class',
    type: 'token',
    finds:
      'Screening answers that speak absolutely or relatively against needling, or ask for a decision.',
    where: { Observation: component('finding-class') },
  },
  {
    code: 'ims-finding-scope',
    type: 'token',
    finds: 'Screening answers that concern the whole session, a site, or electrical stimulation.',
    where: { Observation: component('finding-scope') },
  },
  {
    code: 'ims-decision',
    type: 'token',
    finds: 'Screening answers by what the clinician decided about them.',
    where: { Observation: component('decision') },
  },
  {
    code: 'ims-earliest-date',
    type: 'date',
    finds: 'Screening answers that stand in the way of needling until a date.',
    where: { Observation: component('earliest-date', 'dateTime') },
  },
  {
    code: 'ims-moment',
    type: 'token',
    finds: 'Values from before the needling of their visit, straight after it, or later.',
    where: { Observation: component('moment') },
  },
  {
    code: 'ims-baseline',
    type: 'reference',
    finds: 'Values that were compared with an earlier one, by the earlier one.',
    where: { Observation: extensionValue(BASELINE_URL) },
    target: ['Observation'],
  },
];

const ofCourses: readonly Row[] = [
  {
    code: 'ims-goal',
    type: 'token',
    finds: 'Goals by what is to be reached, which R4 has no parameter for.',
    where: { Goal: 'description' },
  },
];

const ofWarnings: readonly Row[] = [
  {
    code: 'ims-flag-status',
    type: 'token',
    finds: 'Flags that are active, have ended, or were taken back: R4 searches Flags without it.',
    where: { Flag: 'status' },
  },
  {
    code: 'ims-flag-code',
    type: 'token',
    finds: 'Flags by the screening question they come from.',
    where: { Flag: 'code' },
  },
  {
    code: 'ims-event-identifier',
    type: 'token',
    finds: 'Adverse events by identifier, which R4 has no parameter for.',
    where: { AdverseEvent: 'identifier' },
  },
  {
    code: 'ims-event-encounter',
    type: 'reference',
    finds: 'Adverse events by the visit or contact at which they were first reported.',
    where: { AdverseEvent: 'encounter' },
    target: ['Encounter'],
  },
  {
    code: 'ims-event-class',
    type: 'token',
    finds: 'Adverse events of needling by their class: mild, significant, serious.',
    where: { AdverseEvent: extensionValue(structureUrl('event-class')) },
  },
  {
    code: 'ims-event-outcome',
    type: 'token',
    finds: 'Adverse events by what became of them.',
    where: { AdverseEvent: 'outcome' },
  },
  {
    code: 'ims-event-record',
    type: 'token',
    finds: 'Adverse events that a record reports, whether first or later.',
    where: { AdverseEvent: extensionValue(eventReportUrl(), 'record') },
  },
  {
    code: 'ims-event-verification',
    type: 'token',
    finds:
      'Adverse events by verification, such as suspected or confirmed, in any of their reports.',
    where: { AdverseEvent: extensionValue(eventReportUrl(), 'verification') },
  },
];

const rows = [...ofRecords, ...ofPlaces, ...ofSessions, ...ofFindings, ...ofCourses, ...ofWarnings];

/** Every SearchParameter, in the order of the rows. */
export const searchParameterList: readonly SearchParameter[] = rows.map(printed);

/** One SearchParameter a row, by file name. */
export function searchParameters(): Map<string, object> {
  return new Map(searchParameterList.map((one) => [`SearchParameter-${one.id}.json`, one]));
}

function printed({ code, type, finds, where, target, parts }: Row): SearchParameter {
  const places = Object.entries(where);
  return {
    resourceType: 'SearchParameter',
    id: code,
    url: urlOfParameter(code),
    version: PROFILE_VERSION,
    name: code.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase()),
    status: 'active',
    experimental: false,
    description: finds,
    code,
    base: places.map(([base]) => base as Base),
    type,
    expression: places.map(([base, path]) => `${base}.${path}`).join(' | '),
    ...(target === undefined ? {} : { target }),
    ...(parts === undefined
      ? {}
      : {
          component: parts.map(([part, expression]) => ({
            definition: urlOfParameter(part),
            expression,
          })),
        }),
  };
}

function urlOfParameter(code: string): string {
  return `${CANONICAL}/SearchParameter/${code}`;
}
