// The demo's result as a person wants to read it, under 80 columns.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderFindings } from '../chart/findings.ts';
import { renderCode } from '../chart/values.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { assess } from '../safety/assess.ts';
import { type Outcome, pathOf } from './demo-run.ts';
import { counted, issueLine, lossLine, wrap } from './text.ts';

/** Where the demo runs. */
export interface Places {
  readonly service: string;
  readonly fhir: string;
}

/** What stands at the top. */
export function openingText({ service, fhir }: Places, visits: number): string {
  return [
    wrap(
      `${counted(visits, 'invented visit')} to a FHIR server and back. Nobody in them exists, ` +
        'and everything runs on this machine.',
    ),
    '',
    `  Service      ${service}`,
    `  FHIR server  ${fhir}`,
  ].join('\n');
}

/** One visit: who, when and what, what it became, where that stands, what came back. */
export function outcomeText(outcome: Outcome, number: number, { fhir }: Places): string {
  const { record, resources } = outcome;
  const counts = Object.entries(resources).map(([type, count]) => `${count} ${type}`);
  const total = Object.values(resources).reduce((sum, count) => sum + count, 0);
  return [
    wrap(`${number}. ${patientOf(record)} (invented), ${outcome.name}`),
    wrap(visitOf(record), 3),
    ...renderFindings(assess(record).findings, record).map((line) => wrap(line, 3)),
    wrap(`became ${counted(total, 'resource')}: ${counts.join(', ')}`, 3),
    ...standing(outcome, fhir),
    wrap(`came back: ${comparison(outcome)}`, 3),
    ...lost(outcome),
    ...outcome.issues.map((issue) => wrap(issueLine(issue), 3)),
  ].join('\n');
}

/** What it comes to. */
export function closingText(outcomes: readonly Outcome[]): string {
  const equal = outcomes.filter(({ isEqual }) => isEqual).length;
  return equal === outcomes.length
    ? `All ${counted(equal, 'visit')} came back equal to what was sent.`
    : `${equal} of ${counted(outcomes.length, 'visit')} came back equal to what was sent.`;
}

/** What to try while it runs. */
export function keepingText({ service, fhir }: Places, { record, file }: Outcome): string {
  return [
    'It goes on running. Try in another terminal:',
    '',
    `  S=${service}`,
    `  V='${pathOf(record).replace('/v1/records/', '')}'`,
    '  # the first visit as a record, read back from the FHIR server',
    '  curl -s "$S/v1/records/$V"',
    '  # what the FHIR server holds of the needling',
    `  curl -s '${fhir}/Procedure?_count=10'`,
    '  # what a record would become, nothing sent',
    "  curl -s -H 'content-type: application/json' \\",
    `    --data-binary @${relative('', fileURLToPath(file))} \\`,
    '    "$S/v1/map"',
    '  # in a browser: every path with its description',
    `  ${service}/docs/`,
    '',
    'Stop it with Ctrl-C; everything is gone then.',
  ].join('\n');
}

function patientOf({ patient }: ImsRecord): string {
  const { name, birthDate } = patient;
  const whole = name?.text ?? [name?.given, name?.family].filter((part) => part).join(' ');
  const born = birthDate === undefined ? '' : `, born ${birthDate}`;
  return `${whole === '' ? `patient ${patient.id}` : whole}${born}`;
}

function visitOf(record: ImsRecord): string {
  const { visit, status, revision, session, screening, assessment, events } = record;
  const at = visit?.startAt?.slice(0, 16).replace('T', ' ') ?? visit?.date ?? 'no date';
  const sites = session?.sites === undefined ? '' : `, ${counted(session.sites.length, 'site')}`;
  const parts = [
    ...(assessment === undefined ? [] : ['assessment']),
    ...(screening === undefined ? [] : ['contraindication screening']),
    ...(session === undefined
      ? []
      : [`needling ${renderCode(session.status).toLowerCase()}${sites}`]),
    ...(events === undefined
      ? []
      : [counted(events.length, 'reaction or event', 'reactions or events')]),
  ];
  return `${at}, ${status}, revision ${revision}: ${parts.join('; ')}`;
}

/** What a reader looks at first; the rest is counted. */
const FIRST = ['Procedure', 'QuestionnaireResponse', 'Encounter', 'AdverseEvent', 'Flag'];
const SHOWN = 4;

function standing({ references, deliveries }: Outcome, fhir: string): string[] {
  const states = deliveries.map(({ target, state, cause }) =>
    cause === undefined ? `${target}: ${state}` : `${target}: ${state} (${cause})`,
  );
  const at = references.length === 0 ? '' : `, at ${fhir}/`;
  const lines = [wrap(`${states.join(', ') || 'not sent'}${at}`, 3)];
  const rank = (reference: string) => {
    const place = FIRST.indexOf(reference.split('/')[0] ?? '');
    return place < 0 ? FIRST.length : place;
  };
  const sorted = references.toSorted((a, b) => rank(a) - rank(b));
  for (const reference of sorted.slice(0, SHOWN)) lines.push(`     ${reference}`);
  if (sorted.length > SHOWN) lines.push(`     and ${sorted.length - SHOWN} more`);
  return lines;
}

function comparison({ isEqual, references }: Outcome): string {
  if (references.length === 0) return 'nothing';
  return isEqual ? 'equal to what was sent' : 'other than what was sent';
}

function lost({ losses }: Outcome): string[] {
  if (losses.length === 0) return [wrap('lost: nothing', 3)];
  return losses.map((loss) => wrap(lossLine(loss), 3));
}
