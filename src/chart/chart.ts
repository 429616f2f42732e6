// A whole record in the order a clinician reads it: what bars the needle first, then who, when and
// where, why and what was found, what was asked, where the needle went, what came of it, what next,
// and what else the chart holds. Each rendering is made of these blocks; none leaves one out.
import type { Assessed } from '../ims/records/findings.ts';
import type { List, Member, Members } from '../ims/schema/members.ts';
import { record as definition, type ImsRecord } from '../ims/schema/record.ts';
import { namesOf } from './names.ts';
import type { Block } from './narrative.ts';
import type { Values } from './phrases.ts';
import { safetyFirst } from './safety-first.ts';
import { siteLines } from './sites.ts';
import { isUnscreened, titleOf, titleOfSession, UNSCREENED } from './title.ts';
import { renderObject } from './words.ts';

/** A record in words. Blocks without lines say nothing. */
export interface Chart {
  /** What stands before everything else, in words that must be read as they are. */
  readonly titles: readonly Block[];
  /** What bars the needle, red flags, findings. */
  readonly safety: readonly Block[];
  /** What came before the needle. */
  readonly before: readonly Block[];
  /** Where the needle went and where it did not; the body chart belongs here. */
  readonly sites: readonly Block[];
  /** What came of it and what is next. */
  readonly after: readonly Block[];
}

/** All of a chart after its titles, in the order of reading. */
export function sectionsOf({ safety, before, sites, after }: Chart): Block[] {
  return [...safety, ...before, ...sites, ...after];
}

const { members } = definition;
/** Injuries of staff are no part of a patient's chart; whoever shows it tells that they were left out. */
const { patient, practitioners, clinic, visit, contacts, patientFacts } = members;
const { episode, assessment, screening, session } = members;

/** Members of an episode by what a reader asks: why, what was allowed, what next, who pays. */
const {
  consents: courseConsents,
  goals,
  plan,
  exercises,
  nextVisit,
  claims,
  id,
  ...why
} = episode.members;
const { name, ...person } = patient.members;
/** Members of assessment and session that look ahead. */
const { review, aftercare, warnings, ...examined } = assessment.members;
const { aftercare: advised, warnings: warned, sites, sitesNotNeedled, ...done } = session.members;
const NEXT = { aftercare: advised, warnings: warned };

/** The chart of a record and of what was found in it. */
export function chartOf(record: ImsRecord, assessed: Assessed): Chart {
  const say = (values: object | undefined, some: Members) =>
    values === undefined ? [] : renderObject(values as Values, some, namesOf(record));
  return {
    titles: [...titleOf(record), ...titleOfSession(record), ...unscreened(record)],
    safety: safetyFirst(record, assessed),
    before: [
      {
        heading: patient.label,
        lines: [
          ...say(record.patient, { name }),
          ...say(record.patient, person),
          ...say(record, { patientFacts }),
        ],
      },
      {
        heading: 'When and where',
        lines: [
          ...say(record.visit, visit.members),
          ...say(record, { contacts, practitioners, clinic }),
        ],
      },
      { heading: 'Why the patient came', lines: say(record.episode, why) },
      { heading: assessment.label, lines: say(record.assessment, examined) },
      { heading: screening.label, lines: say(record.screening, screening.members) },
      { heading: 'Consent', lines: sayConsent(record, say) },
      { heading: session.label, lines: say(record.session, done) },
    ],
    sites: [
      { heading: sites.label, lines: siteLines(record, true) },
      { heading: sitesNotNeedled.label, lines: siteLines(record, false) },
    ],
    after: [
      { heading: 'Reactions and events', lines: say(record, { events: members.events }) },
      { heading: 'Plan', lines: sayPlan(record, say) },
      { heading: claims.label, lines: say(named(record.episode, { claims }), { claims }) },
      { heading: 'Documents', lines: say(sized(record), { documents: DOCUMENTS }) },
      { heading: 'Notes', lines: say(record, { notes: NOTES }) },
      { heading: 'This record', lines: sayEnvelope(record, say) },
    ],
  };
}

type Say = (values: object | undefined, some: Members) => string[];

function unscreened(record: ImsRecord): Block[] {
  const lines = ['What is not said here is not known; it is never a no.'];
  return isUnscreened(record) ? [{ heading: UNSCREENED, lines }] : [];
}

function sayConsent({ consents, refusals, episode }: ImsRecord, say: Say): string[] {
  return [
    ...say({ consents, refusals }, { consents: members.consents, refusals: members.refusals }),
    ...say(named(episode, { courseConsents }), { consents: courseConsents }),
  ];
}

function sayPlan({ episode, assessment, session }: ImsRecord, say: Say): string[] {
  const reviewed = { review, aftercare, warnings };
  const course = { goals, plan, exercises, nextVisit };
  return [
    ...say(named(session, NEXT), NEXT),
    ...say(named(assessment, reviewed), reviewed),
    ...say(named(episode, course), course),
  ];
}

/** An object cut to some members, with the chart's words for them; remarks on the whole stay behind. */
function named(values: object | undefined, some: Members): Values | undefined {
  if (values === undefined) return undefined;
  const names = new Set([...Object.keys(some), 'consents', 'asWritten', 'absent']);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function sayEnvelope(record: ImsRecord, say: Say): string[] {
  const { kind, source, recordId, revision, status, recordedAt, origin, local } = members;
  return [
    ...say(record, { kind, recordId, revision, status, recordedAt, source, origin }),
    ...say(record.episode, { id }),
    ...say(record, { local }),
  ];
}

const KEYLESS = { documents: without(members.documents), notes: without(members.notes) };
const { documents: DOCUMENTS, notes: NOTES } = KEYLESS;

/** A list whose entries are known by what they say, not by their keys. */
function without({ of, ...list }: typeof members.documents | typeof members.notes): List {
  const entries = Object.entries<Member>(of.members).filter(([, { kind }]) => kind !== 'key');
  return { ...list, of: { ...of, members: Object.fromEntries(entries) } } as List;
}

/** Documents with how many bytes they are instead of the bytes. */
function sized({ documents = [] }: ImsRecord): Values {
  const bytes = (data: string) => `${Buffer.byteLength(data, 'base64').toLocaleString('en')} bytes`;
  return { documents: documents.map((one) => ({ ...one, data: bytes(one.data) })) };
}
