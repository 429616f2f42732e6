// The SearchParameters for what clinics need and R4 cannot search. A server that loads them finds
// sessions by muscle and side, Flags by status, events by class, and all resources by their record. All
// codes start with `ims-`, so they never collide with one of R4 or of a server.
import type { SearchParameter } from '@medplum/fhirtypes';
import { defined } from '../../src/defined.ts';
import { CANONICAL, PROFILE_VERSION, structureUrl } from '../../src/fhir/canonical.ts';
import { RECORD_URL } from '../../src/mapping/context.ts';
import { BASELINE_URL } from '../../src/mapping/observations/baseline.ts';
import { eventReportUrl } from '../../src/mapping/resources/adverse-event.ts';
import { SUPPORTING_URL, sessionUrl } from '../../src/mapping/resources/procedure.ts';
import { IMS_SYSTEM } from '../../src/terminology/codes.ts';
import { TYPES_WITH_RECORD } from './extensions.ts';

type Base = SearchParameter['base'][number];

/** One search parameter. */
interface Row {
  readonly code: string;
  readonly type: SearchParameter['type'];
  readonly finds: string;
  /** FHIRPath of the values below each resource type. */
  readonly paths: Readonly<Partial<Record<Base, string>>>;
  readonly target?: SearchParameter['target'];
  /** Components of a composite: code of the parameter, and its path below that of the row. */
  readonly components?: readonly (readonly [code: string, path: string])[];
}

/** The value of an extension of the resource, or of one nested in it. */
function extensionValue(url: string, nestedUrl?: string): string {
  const nested = nestedUrl === undefined ? '' : `.${extensionWith(nestedUrl)}`;
  return `${extensionWith(url)}${nested}.value`;
}

function extensionWith(url: string): string {
  return `extension.where(url = '${url}')`;
}

/** The value of the component with one of our codes. */
function component(code: string, type = 'CodeableConcept'): string {
  const hasCode = `code.coding.where(system = '${IMS_SYSTEM}' and code = '${code}').exists()`;
  return `component.where(${hasCode}).value.ofType(${type})`;
}

const SITE = sessionUrl('sites');
const recordPaths = (member: string) =>
  Object.fromEntries(TYPES_WITH_RECORD.map((type) => [type, extensionValue(RECORD_URL, member)]));

const recordRows: readonly Row[] = [
  {
    code: 'ims-record-source',
    type: 'uri',
    finds: 'All resources from the records of one clinic system, by the URI of the system.',
    paths: recordPaths('source'),
  },
  {
    code: 'ims-record-id',
    type: 'token',
    finds:
      'All resources of one record, by the id that the clinic gave it. Combine it with ims-record-source when several clinics use the server. Resources that visits share are found by the record that changed them last.',
    paths: recordPaths('recordId'),
  },
  {
    code: 'ims-record-status',
    type: 'token',
    finds: 'Resources by the status of their record: draft, final, amended or entered in error.',
    paths: recordPaths('status'),
  },
  {
    code: 'ims-recorded-at',
    type: 'date',
    finds: 'Resources by the time at which the record was written in the clinic.',
    paths: recordPaths('recordedAt'),
  },
  {
    code: 'ims-origin',
    type: 'token',
    finds: 'Visits by the origin of their record: charted directly, copied from paper or migrated.',
    paths: {
      Encounter: extensionValue(RECORD_URL, 'origin').replace(
        /value$/,
        `${extensionWith('how')}.value`,
      ),
    },
  },
];

const bodySiteRows: readonly Row[] = [
  {
    code: 'ims-body-site',
    type: 'token',
    finds:
      'Findings and sessions by body site, by the IMS code or the SNOMED CT code, which may be that of a group of muscles.',
    paths: { Observation: 'bodySite', Procedure: 'bodySite' },
  },
  {
    code: 'ims-muscle',
    type: 'token',
    finds: 'Findings by muscle, and sessions by needled muscle.',
    paths: {
      Observation: component('site-muscle'),
      Procedure: extensionValue(SITE, 'muscle'),
    },
  },
  {
    code: 'ims-side',
    type: 'token',
    finds: 'Findings by side of the body, and sessions by needled side.',
    paths: { Observation: component('site-side'), Procedure: extensionValue(SITE, 'side') },
  },
  {
    code: 'ims-muscle-side',
    type: 'composite',
    finds:
      'Sessions by muscle and side of the same needled site. ims-muscle and ims-side together may match different sites.',
    paths: { Procedure: extensionWith(SITE) },
    components: [
      ['ims-muscle', `${extensionWith('muscle')}.value`],
      ['ims-side', `${extensionWith('side')}.value`],
    ],
  },
  {
    code: 'ims-segment',
    type: 'token',
    finds: 'Findings by spinal segment, and sessions by the segment that a site was needled for.',
    paths: {
      Observation: component('site-segment'),
      Procedure: extensionValue(SITE, 'segments'),
    },
  },
  {
    code: 'ims-region',
    type: 'token',
    finds: 'Findings by body region, for sites without a muscle.',
    paths: { Observation: component('site-region') },
  },
];

const sessionRows: readonly Row[] = [
  {
    code: 'ims-session-number',
    type: 'quantity',
    finds: 'Sessions by their number in the course of treatment.',
    paths: { Procedure: extensionValue(sessionUrl('course'), 'sessionNumber') },
  },
  {
    code: 'ims-screening',
    type: 'reference',
    finds: 'Sessions by the screening that they are based on.',
    paths: { Procedure: extensionValue(SUPPORTING_URL) },
    target: ['QuestionnaireResponse'],
  },
  {
    code: 'ims-status-reason',
    type: 'token',
    finds: 'Sessions that were not done or were stopped, by the reason.',
    paths: { Procedure: 'statusReason' },
  },
  {
    code: 'ims-complication',
    type: 'token',
    finds: 'Sessions by the adverse event that followed.',
    paths: { Procedure: 'complication' },
  },
];

const findingRows: readonly Row[] = [
  {
    code: 'ims-finding',
    type: 'token',
    finds:
      'Signs, red flags and screening answers that are present, by their SNOMED CT code. A denied finding never matches.',
    paths: { Observation: component('finding') },
  },
  {
    code: 'ims-finding-class',
    type: 'token',
    finds:
      'Screening answers by class: absolute or relative contraindication, or decision required.',
    paths: { Observation: component('finding-class') },
  },
  {
    code: 'ims-finding-scope',
    type: 'token',
    finds: 'Screening answers by scope: the whole session, a site, or electrical stimulation.',
    paths: { Observation: component('finding-scope') },
  },
  {
    code: 'ims-decision',
    type: 'token',
    finds: 'Screening answers by the decision of the clinician.',
    paths: { Observation: component('decision') },
  },
  {
    code: 'ims-earliest-date',
    type: 'date',
    finds: 'Screening answers by the date from which needling is possible.',
    paths: { Observation: component('earliest-date', 'dateTime') },
  },
  {
    code: 'ims-moment',
    type: 'token',
    finds: 'Values by time: before the needling of the visit, directly after it, or later.',
    paths: { Observation: component('moment') },
  },
  {
    code: 'ims-baseline',
    type: 'reference',
    finds: 'Values by the earlier value that they are compared with.',
    paths: { Observation: extensionValue(BASELINE_URL) },
    target: ['Observation'],
  },
];

const courseRows: readonly Row[] = [
  {
    code: 'ims-goal',
    type: 'token',
    finds: 'Goals by description, for which R4 has no parameter.',
    paths: { Goal: 'description' },
  },
];

const flagAndEventRows: readonly Row[] = [
  {
    code: 'ims-flag-status',
    type: 'token',
    finds: 'Flags by status, for which R4 has no parameter.',
    paths: { Flag: 'status' },
  },
  {
    code: 'ims-flag-code',
    type: 'token',
    finds: 'Flags by the screening question that they result from.',
    paths: { Flag: 'code' },
  },
  {
    code: 'ims-event-identifier',
    type: 'token',
    finds: 'Adverse events by identifier, for which R4 has no parameter.',
    paths: { AdverseEvent: 'identifier' },
  },
  {
    code: 'ims-event-encounter',
    type: 'reference',
    finds: 'Adverse events by the visit or contact at which they were first reported.',
    paths: { AdverseEvent: 'encounter' },
    target: ['Encounter'],
  },
  {
    code: 'ims-event-class',
    type: 'token',
    finds: 'Adverse events by class: mild, significant or serious.',
    paths: { AdverseEvent: extensionValue(structureUrl('event-class')) },
  },
  {
    code: 'ims-event-outcome',
    type: 'token',
    finds: 'Adverse events by outcome.',
    paths: { AdverseEvent: 'outcome' },
  },
  {
    code: 'ims-event-record',
    type: 'token',
    finds: 'Adverse events by a record that reports them, the first or a later one.',
    paths: { AdverseEvent: extensionValue(eventReportUrl(), 'record') },
  },
  {
    code: 'ims-event-verification',
    type: 'token',
    finds:
      'Adverse events by verification in any of their reports, such as suspected or confirmed.',
    paths: { AdverseEvent: extensionValue(eventReportUrl(), 'verification') },
  },
];

const rows = [
  ...recordRows,
  ...bodySiteRows,
  ...sessionRows,
  ...findingRows,
  ...courseRows,
  ...flagAndEventRows,
];

/** Every SearchParameter, in the order of the rows. */
export const searchParameterList: readonly SearchParameter[] = rows.map(searchParameterOf);

/** Every SearchParameter by file name. */
export function searchParameters(): Map<string, object> {
  return new Map(
    searchParameterList.map((parameter) => [`SearchParameter-${parameter.id}.json`, parameter]),
  );
}

function searchParameterOf(row: Row): SearchParameter {
  const { code, type, finds, target, components } = row;
  const paths = Object.entries(row.paths);
  const component = components?.map(([part, expression]) => ({
    definition: urlOfParameter(part),
    expression,
  }));
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
    base: paths.map(([base]) => base as Base),
    type,
    expression: paths.map(([base, path]) => `${base}.${path}`).join(' | '),
    ...defined({ target, component }),
  };
}

function urlOfParameter(code: string): string {
  return `${CANONICAL}/SearchParameter/${code}`;
}
