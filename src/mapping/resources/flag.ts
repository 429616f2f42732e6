// Maps absolute contraindications (to the session, to sites or to electrical stimulation) to Flag, which
// systems show when the patient's chart is opened. One Flag for each patient and screening item.
import type { Flag, Period } from '@medplum/fhirtypes';
import { findingLabel, renderBanner, renderFinding } from '../../chart/findings.ts';
import { narrativeDiv } from '../../chart/narrative.ts';
import { addDays } from '../../ims/records/dates.ts';
import type { Finding } from '../../ims/records/findings.ts';
import type { Group } from '../../ims/schema/members.ts';
import { screening as definition } from '../../ims/schema/screening.ts';
import { coding } from '../../terminology/codes.ts';
import { hl7Concept } from '../../terminology/concepts.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
  resourceIdentity,
  sharedRecordExtension,
} from '../context.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';

/** R4's extension from a Flag to the resource it is about. */
const FLAG_DETAIL_URL = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

/** Items that are answered for each needled site, not in the screening; they have no Flag. */
const SITE_ITEMS = new Set(['C46', 'C63']);

/** Screening items with an answer that may set or end a Flag. */
const FLAGGED_ITEMS = Object.entries(definition.members).flatMap(([member, group]) => {
  const { id, members } = group as Group;
  return 'answer' in members && id !== undefined ? [{ member, item: id }] : [];
});

/** The Flags of the record: active for each absolute contraindication, inactive once it has ended. */
export function flagsToFhir(context: Context): MappedResource[] {
  const { findings } = context;
  const present = findings.filter(
    ({ class: findingClass, item }) => findingClass === 'absolute' && !SITE_ITEMS.has(item),
  );
  const active = [...Map.groupBy(present, ({ item }) => item)].map(([item, findings]) =>
    mappedResource(
      context.patientScope,
      { part: 'flag', key: item },
      flagOf(context, { item, findings }),
    ),
  );
  const ended = FLAGGED_ITEMS.filter((item) => hasEnded(context, item)).map((item) =>
    endedFlag(context, item),
  );
  return [...active, ...ended];
}

type FlaggedItem = (typeof FLAGGED_ITEMS)[number];

/** A Flag that has ended. It is built on first use, because for most items there is no Flag to end. */
function endedFlag(context: Context, { member, item }: FlaggedItem): MappedResource {
  const ended: Finding = { item, member, class: 'absolute', scope: 'session', source: '' };
  let flag: Flag | undefined;
  return {
    ...resourceIdentity(context.patientScope, { part: 'flag', key: item }),
    onlyIfExists: true,
    get resource() {
      flag ??= flagOf(context, { item, findings: [], ended });
      return flag;
    },
  };
}

/** True where the item was answered, and the answer is neither a contraindication nor needs a decision. */
function hasEnded({ record, findings }: Context, { member, item }: FlaggedItem) {
  const isActiveOrOpen = findings.some(
    (finding) => finding.item === item && (finding.class === 'absolute' || finding.class === 'ask'),
  );
  if (isActiveOrOpen) return false;
  const { screening } = record;
  const isSurgeryItem = item === 'C07' || item === 'C08';
  const answer =
    screening?.[member as 'cancer']?.answer ??
    (isSurgeryItem ? screening?.surgeries?.surgery : undefined);
  return answer === 'no' || answer === 'yes';
}

interface FlagDraft {
  readonly item: string;
  /** The contraindications of the item; empty for a Flag that has ended. */
  readonly findings: readonly Finding[];
  /** The contraindication that has ended; undefined for an active Flag. */
  readonly ended?: Finding;
}

function flagOf(context: Context, { item, findings, ended }: FlagDraft): Flag {
  const { patientScope, subject, encounter, record, visitScope, visitAt, retracted } = context;
  const isActive = ended === undefined;
  const lines = isActive
    ? findings.map((finding) => renderFinding(finding, record))
    : [`No longer a contraindication: ${findingLabel(ended)}`];
  const summary = isActive ? findings.map((finding) => renderBanner(finding, record)) : lines;
  const answer = identifierValue(visitScope, 'screen', item);
  const valueReference = reference('Observation', answer, 'Screening item');
  return {
    resourceType: 'Flag',
    meta: metaForProfile('flag'),
    text: { status: 'generated', div: narrativeDiv([{ heading: 'Contraindication', lines }]) },
    extension: [
      sharedRecordExtension(context),
      ...(isActive ? [{ url: FLAG_DETAIL_URL, valueReference }] : []),
    ],
    identifier: [ourIdentifier(identifierValue(patientScope, 'flag', item))],
    status: retracted ? 'entered-in-error' : isActive ? 'active' : 'inactive',
    category: [hl7Concept('flag-category', 'safety')],
    code: { coding: [coding(`screen-${item.toLowerCase()}`)], text: summary.join('; ') },
    subject,
    ...(visitAt === undefined ? {} : { period: periodOf(visitAt, findings) }),
    encounter,
  };
}

/**
 * Where all findings have an earliest date for needling, a Flag lasts until the day before the latest
 * of these dates (R4 includes the end day). A Flag that has ended lasted until this visit.
 */
function periodOf(visitAt: string, findings: readonly Finding[]): Period {
  if (findings.length === 0) return { end: visitAt };
  const dates = findings.flatMap(({ earliestDate }) => earliestDate ?? []);
  const latest = dates.length === findings.length ? dates.toSorted().at(-1) : undefined;
  if (latest === undefined) return { start: visitAt };
  return { start: visitAt.slice(0, 10), end: addDays(latest, -1) };
}
