// A whole record as blocks of text in the order a clinician reads it: notices and contraindications
// first, then the patient, the visit, the assessment and consent, the session and its sites, reactions,
// the plan and everything else. Every output format is made of these blocks and contains all of them.
import type { RuleResults } from '../ims/records/findings.ts';
import type { List, Member, Members, ObjectValues } from '../ims/schema/members.ts';
import { record as definition, type ImsRecord } from '../ims/schema/record.ts';
import { namesOf } from './names.ts';
import type { Block } from './narrative.ts';
import { isScreeningUnknown, recordNotices, SCREENING_UNKNOWN, sessionNotices } from './notices.ts';
import { renderSites } from './numbered-sites.ts';
import { renderObject } from './render-object.ts';
import { safetyBlocks } from './safety-blocks.ts';

/** A record in words. Blocks without lines are not shown. */
export interface Chart {
  /** Notices on the whole record; their headings keep their case in every format. */
  readonly notices: readonly Block[];
  /** Contraindications, red flags, rule violations. */
  readonly safety: readonly Block[];
  /** Patient, visit, assessment, screening, consent, session. */
  readonly before: readonly Block[];
  /** Needled and skipped sites; the body chart belongs here. */
  readonly sites: readonly Block[];
  /** Reactions, plan, documents, notes. */
  readonly after: readonly Block[];
}

/** The blocks of a chart after its notices, in reading order. */
export function chartSections({ safety, before, sites, after }: Chart): Block[] {
  return [...safety, ...before, ...sites, ...after];
}

const { members } = definition;
/** `staffEvents` is left out: injuries of staff do not belong in a patient's chart. */
const { patient, practitioners, clinic, visit, contacts, patientFacts } = members;
const { episode, assessment, screening, session } = members;

/** Members of an episode that are shown in separate blocks; the others are the reason for the visit. */
const {
  consents: courseConsents,
  goals,
  plan,
  exercises,
  nextVisit,
  claims,
  id,
  ...visitReason
} = episode.members;
const COURSE_CONSENTS = { consents: courseConsents };
const { name, ...person } = patient.members;
/** Members of assessment and session that belong to the plan. */
const { review, aftercare, warnings, ...examined } = assessment.members;
const {
  aftercare: sessionAftercare,
  warnings: sessionWarnings,
  sites,
  sitesNotNeedled,
  ...sessionDetails
} = session.members;
const SESSION_PLAN = { aftercare: sessionAftercare, warnings: sessionWarnings };

/** The chart of a record; `assessed` are the results of the clinical rules for it. */
export function chartOf(record: ImsRecord, assessed: RuleResults): Chart {
  const render = (values: object | undefined, selected: Members) =>
    values === undefined ? [] : renderObject(values as ObjectValues, selected, namesOf(record));
  return {
    notices: [...recordNotices(record), ...sessionNotices(record), ...screeningNotice(record)],
    safety: safetyBlocks(record, assessed),
    before: beforeBlocks(record, render),
    sites: [
      { heading: sites.label, lines: renderSites(record, true) },
      { heading: sitesNotNeedled.label, lines: renderSites(record, false) },
    ],
    after: afterBlocks(record, render),
  };
}

type Render = (values: object | undefined, selected: Members) => string[];

function beforeBlocks(record: ImsRecord, render: Render): Block[] {
  return [
    {
      heading: patient.label,
      lines: [
        ...render(record.patient, { name }),
        ...render(record.patient, person),
        ...render(record, { patientFacts }),
      ],
    },
    {
      heading: 'When and where',
      lines: [
        ...render(record.visit, visit.members),
        ...render(record, { contacts, practitioners, clinic }),
      ],
    },
    { heading: 'Why the patient came', lines: render(record.episode, visitReason) },
    { heading: assessment.label, lines: render(record.assessment, examined) },
    { heading: screening.label, lines: render(record.screening, screening.members) },
    { heading: 'Consent', lines: renderConsent(record, render) },
    { heading: session.label, lines: render(record.session, sessionDetails) },
  ];
}

function afterBlocks(record: ImsRecord, render: Render): Block[] {
  const claimLines = render(selectMembers(record.episode, { claims }), { claims });
  return [
    { heading: 'Reactions and events', lines: render(record, { events: members.events }) },
    { heading: 'Plan', lines: renderPlan(record, render) },
    { heading: claims.label, lines: claimLines },
    { heading: 'Documents', lines: render(documentSizes(record), { documents: DOCUMENTS }) },
    { heading: 'Notes', lines: render(record, { notes: NOTES }) },
    { heading: 'This record', lines: renderEnvelope(record, render) },
  ];
}

function screeningNotice(record: ImsRecord): Block[] {
  const lines = ['Answers that are missing here are unknown; they do not mean "no".'];
  return isScreeningUnknown(record) ? [{ heading: SCREENING_UNKNOWN, lines }] : [];
}

function renderConsent({ consents, refusals, episode }: ImsRecord, render: Render): string[] {
  return [
    ...render({ consents, refusals }, { consents: members.consents, refusals: members.refusals }),
    ...render(selectMembers(episode, COURSE_CONSENTS), COURSE_CONSENTS),
  ];
}

function renderPlan({ episode, assessment, session }: ImsRecord, render: Render): string[] {
  const assessmentPlan = { review, aftercare, warnings };
  const coursePlan = { goals, plan, exercises, nextVisit };
  return [
    ...render(selectMembers(session, SESSION_PLAN), SESSION_PLAN),
    ...render(selectMembers(assessment, assessmentPlan), assessmentPlan),
    ...render(selectMembers(episode, coursePlan), coursePlan),
  ];
}

/** An object with some of its members and their notes, without the notes on the object as a whole. */
function selectMembers(values: object | undefined, selected: Members): ObjectValues | undefined {
  if (values === undefined) return undefined;
  const names = new Set([...Object.keys(selected), 'asWritten', 'absent']);
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function renderEnvelope(record: ImsRecord, render: Render): string[] {
  const { kind, source, recordId, revision, status, recordedAt, origin, local } = members;
  return [
    ...render(record, { kind, recordId, revision, status, recordedAt, source, origin }),
    ...render(record.episode, { id }),
    ...render(record, { local }),
  ];
}

const DOCUMENTS = withoutKeys(members.documents);
const NOTES = withoutKeys(members.notes);

/** A list whose entries are shown without their keys. */
function withoutKeys({ of, ...list }: typeof members.documents | typeof members.notes): List {
  const entries = Object.entries<Member>(of.members).filter(([, { kind }]) => kind !== 'key');
  return { ...list, of: { ...of, members: Object.fromEntries(entries) } } as List;
}

/** Documents with their size in place of their content. */
function documentSizes({ documents = [] }: ImsRecord): ObjectValues {
  const sizeOf = (data: string) =>
    `${Buffer.byteLength(data, 'base64').toLocaleString('en')} bytes`;
  return { documents: documents.map((document) => ({ ...document, data: sizeOf(document.data) })) };
}
