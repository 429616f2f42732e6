// A present contraindication of the session, of sites or of the current -> Flag, seen wherever the
// patient's chart is opened; its words say first what is barred. One per patient and item.
import type { Flag, Period } from '@medplum/fhirtypes';
import { findingLabel, renderBanner, renderFinding } from '../../chart/findings.ts';
import { xhtml } from '../../chart/narrative.ts';
import type { Finding } from '../../ims/records/findings.ts';
import type { Group } from '../../ims/schema/members.ts';
import { screening as definition } from '../../ims/schema/screening.ts';
import { coding } from '../../terminology/codes.ts';
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

/** R4's own extension from a Flag to what it is about. */
const FLAG_DETAIL_URL = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

/** Items that belong to a needled site alone: the session's own screening says nothing of them. */
const OF_SITES = new Set(['C46', 'C63']);

/** Screening items, by member, whose answer decides over a Flag. */
const FLAGGED_ITEMS = Object.entries(definition.members).flatMap(([member, group]) => {
  const { id, members } = group as Group;
  return 'answer' in members && id !== undefined ? [{ member, item: id }] : [];
});

/** Flags of the record: active where an absolute finding stands, inactive once it is no longer so. */
export function flagsToFhir(context: Context): MappedResource[] {
  const { findings } = context;
  const present = findings.filter(
    ({ class: strength, item }) => strength === 'absolute' && !OF_SITES.has(item),
  );
  const active = [...Map.groupBy(present, ({ item }) => item)].map(([item, found]) =>
    mappedResource(context.patientScope, { part: 'flag', key: item }, flagOf(context, item, found)),
  );
  const ended = FLAGGED_ITEMS.filter((one) => hasEnded(context, one)).map((one) =>
    endedFlag(context, one),
  );
  return [...active, ...ended];
}

type FlaggedItem = (typeof FLAGGED_ITEMS)[number];

/** Each item answered "no" ends a Flag that hardly any patient has, so it is made when asked for. */
function endedFlag(context: Context, { member, item }: FlaggedItem): MappedResource {
  const none: Finding = { item, member, class: 'absolute', scope: 'session', source: '' };
  let made: Flag | undefined;
  return {
    ...resourceIdentity(context.patientScope, { part: 'flag', key: item }),
    onlyIfExists: true,
    get resource() {
      made ??= flagOf(context, item, [], none);
      return made;
    },
  };
}

/** True where the question was answered and nothing of it bars or is left to be decided. */
function hasEnded({ record, findings }: Context, { member, item }: FlaggedItem) {
  const isOpen = findings.some(
    (one) => one.item === item && (one.class === 'absolute' || one.class === 'ask'),
  );
  if (isOpen) return false;
  const { screening } = record;
  const isOfSurgery = item === 'C07' || item === 'C08';
  const answer =
    screening?.[member as 'cancer']?.answer ??
    (isOfSurgery ? screening?.surgeries?.surgery : undefined);
  return answer === 'no' || answer === 'yes';
}

function flagOf(context: Context, key: string, found: readonly Finding[], none?: Finding): Flag {
  const { patientScope, subject, encounter, record, visitScope, visitAt, retracted } = context;
  const isActive = none === undefined;
  const says = isActive
    ? found.map((finding) => renderFinding(finding, record))
    : [`No longer a contraindication: ${findingLabel(none)}`];
  const detail = reference(
    'Observation',
    identifierValue(visitScope, 'screen', key),
    'Screening item',
  );
  return {
    resourceType: 'Flag',
    meta: metaForProfile('flag'),
    text: { status: 'generated', div: xhtml([{ heading: 'Contraindication', lines: says }]) },
    extension: [
      sharedRecordExtension(context),
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
      text: (isActive ? found.map((finding) => renderBanner(finding, record)) : says).join('; '),
    },
    subject,
    ...(visitAt === undefined ? {} : { period: periodOf(visitAt, found) }),
    encounter,
  };
}

/**
 * A Flag whose sites all have a known end lasts until the day before the latest of them may be needled
 * again (R4 counts the end day in); one that has ended, until this visit.
 */
function periodOf(visitAt: string, found: readonly Finding[]): Period {
  if (found.length === 0) return { end: visitAt };
  const dates = found.flatMap(({ earliestDate }) => earliestDate ?? []);
  const latest = dates.length === found.length ? dates.toSorted().at(-1) : undefined;
  if (latest === undefined) return { start: visitAt };
  const dayBefore = new Date(Date.parse(`${latest}T00:00:00Z`) - 86_400_000);
  return { start: visitAt.slice(0, 10), end: dayBefore.toISOString().slice(0, 10) };
}
