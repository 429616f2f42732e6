// A present contraindication of the whole session or of the current -> Flag, seen wherever the
// patient's chart is opened. Never of a site alone. One per patient and item.
import type { Flag, Period } from '@medplum/fhirtypes';
import { labelOf, sayBanner, sayFinding } from '../chart/findings.ts';
import { xhtml } from '../chart/narrative.ts';
import type { Finding } from '../ims/findings.ts';
import type { Group } from '../ims/members.ts';
import { screening as definition } from '../ims/screening.ts';
import { coding } from '../terminology/codes.ts';
import { type Context, type MappedResource, mapped, reference, sharedMark } from './context.ts';
import { identifierValue, ourIdentifier } from './identity.ts';

/** R4's own extension from a Flag to what it is about. */
const FLAG_DETAIL_URL = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

/** Screening items, by member: those whose answer decides over a Flag. C07, C08 bar sites alone. */
const FLAGGED_ITEMS = Object.entries(definition.members).flatMap(([member, group]) => {
  const { id, members } = group as Group;
  return 'answer' in members && id !== undefined && id !== 'C07' && id !== 'C08'
    ? [{ member, item: id }]
    : [];
});

/** Flags of the record: active where an absolute finding stands, inactive where the answer is no. */
export function flagsToFhir(context: Context): MappedResource[] {
  const { findings, record } = context;
  const present = findings.filter(
    ({ class: strength, scope, siteKeys }) =>
      strength === 'absolute' && scope !== 'site' && siteKeys === undefined,
  );
  const active = present.map((finding) => flagToFhir(context, finding, true));
  const items = new Set(present.map(({ item }) => item));
  const ended = FLAGGED_ITEMS.flatMap(({ member, item }) => {
    const answered = record.screening?.[member as 'cancer']?.answer;
    if (answered === undefined || items.has(item)) return [];
    if (answered !== 'no' && answered !== 'yes') return [];
    const none: Finding = { item, member, class: 'absolute', scope: 'session', source: '' };
    return [flagToFhir(context, none, false)];
  });
  return [...active, ...ended];
}

function flagToFhir(context: Context, finding: Finding, isActive: boolean): MappedResource {
  const { patientScope, subject, encounter, record, visitScope, visitAt, retracted } = context;
  const key = finding.item;
  const says = isActive
    ? sayFinding(finding, record)
    : `No longer a contraindication: ${labelOf(finding)}`;
  const detail = reference(
    'Observation',
    identifierValue(visitScope, 'screen', key),
    'Screening item',
  );
  const resource: Flag = {
    resourceType: 'Flag',
    text: { status: 'generated', div: xhtml([{ heading: 'Contraindication', lines: [says] }]) },
    extension: [
      sharedMark(context),
      ...(isActive ? [{ url: FLAG_DETAIL_URL, valueReference: detail }] : []),
    ],
    identifier: [ourIdentifier(identifierValue(patientScope, 'flag', key))],
    status: retracted ? 'entered-in-error' : isActive ? 'active' : 'inactive',
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/flag-category', code: 'safety' }],
      },
    ],
    code: {
      coding: [coding(`screen-${key.toLowerCase()}`)],
      text: isActive ? sayBanner(finding, record) : says,
    },
    subject,
    ...(visitAt === undefined ? {} : { period: periodOf(visitAt, finding, isActive) }),
    encounter,
  };
  return {
    ...mapped(patientScope, { part: 'flag', key }, resource),
    ...(isActive ? {} : { onlyIfThere: true }),
  };
}

/** A Flag with a known end lasts until the day before needling is allowed again (R4 counts the end day in). */
function periodOf(visitAt: string, { earliestDate }: Finding, isActive: boolean): Period {
  if (!isActive) return { end: visitAt };
  if (earliestDate === undefined) return { start: visitAt };
  const dayBefore = new Date(Date.parse(`${earliestDate}T00:00:00Z`) - 86_400_000);
  return { start: visitAt.slice(0, 10), end: dayBefore.toISOString().slice(0, 10) };
}
