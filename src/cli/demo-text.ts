// Output of the demo for people, at most 79 columns wide.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderFindings } from '../chart/findings.ts';
import { renderCode } from '../chart/values.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { assess } from '../safety/assess.ts';
import { visitPath } from './client.ts';
import type { Outcome } from './demo-run.ts';
import { formatCount, issueLine, lossLine, wrap } from './text.ts';

/** Base URLs of the running demo. */
export interface DemoAddresses {
  readonly service: string;
  readonly fhir: string;
}

/** What the demo does, and its addresses. */
export function openingText({ service, fhir }: DemoAddresses, visits: number): string {
  return [
    wrap(
      `Sends ${formatCount(visits, 'invented visit')} to a FHIR server and reads them back. ` +
        'Everything runs on this machine; no person in the visits exists.',
    ),
    '',
    `  Service      ${service}`,
    `  FHIR server  ${fhir}`,
  ].join('\n');
}

/** One visit: patient, content, findings, resources, deliveries, and the comparison after reading back. */
export function outcomeText(outcome: Outcome, number: number, { fhir }: DemoAddresses): string {
  const { record, resources, losses, issues } = outcome;
  const counts = Object.entries(resources).map(([type, count]) => `${count} ${type}`);
  const total = Object.values(resources).reduce((sum, count) => sum + count, 0);
  const lossLines = losses.length === 0 ? ['lost: nothing'] : losses.map(lossLine);
  return [
    wrap(`${number}. ${patientText(record)} (invented), ${outcome.name}`),
    ...[
      contentText(record),
      ...renderFindings(assess(record).findings, record),
      `mapped to ${formatCount(total, 'resource')}: ${counts.join(', ')}`,
    ].map((line) => wrap(line, 3)),
    ...deliveryLines(outcome, fhir),
    ...[`read back: ${comparison(outcome)}`, ...lossLines, ...issues.map(issueLine)].map((line) =>
      wrap(line, 3),
    ),
  ].join('\n');
}

/** How many visits were read back unchanged. */
export function closingText(outcomes: readonly Outcome[]): string {
  const equal = outcomes.filter(({ isEqual }) => isEqual).length;
  return equal === outcomes.length
    ? `All ${formatCount(equal, 'visit')} were read back equal to the records sent.`
    : `${equal} of ${formatCount(outcomes.length, 'visit')} were read back equal to the records sent.`;
}

/** Commands to try while the demo keeps running. */
export function keepText({ service, fhir }: DemoAddresses, { record, file }: Outcome): string {
  return [
    'The service and the FHIR server keep running. Try in another terminal:',
    '',
    `  S=${service}`,
    `  V='${visitPath(record).replace('/v1/records/', '')}'`,
    '  # the first visit as a record, read back from the FHIR server',
    '  curl -s "$S/v1/records/$V"',
    '  # the needling sessions on the FHIR server',
    `  curl -s '${fhir}/Procedure?_count=10'`,
    '  # the FHIR bundle of a record, without sending it',
    "  curl -s -H 'content-type: application/json' \\",
    `    --data-binary @${relative('', fileURLToPath(file))} \\`,
    '    "$S/v1/map"',
    '  # the documentation of the HTTP API, in a browser',
    `  ${service}/docs/`,
    '',
    'Stop with Ctrl-C; all data is deleted then.',
  ].join('\n');
}

function patientText({ patient }: ImsRecord): string {
  const { name, birthDate } = patient;
  const fullName = name?.text ?? [name?.given, name?.family].filter((part) => part).join(' ');
  const born = birthDate === undefined ? '' : `, born ${birthDate}`;
  return `${fullName === '' ? `patient ${patient.id}` : fullName}${born}`;
}

function contentText(record: ImsRecord): string {
  const { status, revision, session, screening, assessment, events } = record;
  const sites =
    session?.sites === undefined ? '' : `, ${formatCount(session.sites.length, 'site')}`;
  const parts = [
    ...(assessment === undefined ? [] : ['assessment']),
    ...(screening === undefined ? [] : ['contraindication screening']),
    ...(session === undefined
      ? []
      : [`needling ${renderCode(session.status).toLowerCase()}${sites}`]),
    ...(events === undefined
      ? []
      : [formatCount(events.length, 'reaction or event', 'reactions or events')]),
  ];
  return `${dateText(record)}, ${status}, revision ${revision}: ${parts.join('; ')}`;
}

function dateText({ visit, recordedAt }: ImsRecord): string {
  const start = visit?.startAt?.slice(0, 16).replace('T', ' ') ?? visit?.date;
  return start ?? `recorded ${recordedAt.slice(0, 10)}`;
}

/** Types of the resources that are listed first; the others are counted. */
const FIRST_TYPES = ['Procedure', 'QuestionnaireResponse', 'Encounter', 'AdverseEvent', 'Flag'];
const MAX_REFERENCES = 4;

function deliveryLines({ references, deliveries }: Outcome, fhir: string): string[] {
  const states = deliveries.map(({ target, state, cause }) =>
    cause === undefined ? `${target}: ${state}` : `${target}: ${state} (${cause})`,
  );
  const base = references.length === 0 ? '' : `; read back from ${fhir}/`;
  const rank = (reference: string) => {
    const index = FIRST_TYPES.indexOf(reference.split('/')[0] ?? '');
    return index < 0 ? FIRST_TYPES.length : index;
  };
  const sorted = references.toSorted((a, b) => rank(a) - rank(b));
  const hidden = sorted.length - MAX_REFERENCES;
  return [
    wrap(`${states.join(', ') || 'not sent'}${base}`, 3),
    ...sorted.slice(0, MAX_REFERENCES).map((reference) => `     ${reference}`),
    ...(hidden > 0 ? [`     and ${formatCount(hidden, 'other resource')}`] : []),
  ];
}

function comparison({ isEqual, references }: Outcome): string {
  if (references.length === 0) return 'nothing found';
  return isEqual ? 'equal to the record sent' : 'differs from the record sent';
}
