// The FHIR element of each member of the record, for the mapping table. A member added to the record
// does not compile until it is listed here; rows that have no element are listed with the reason.
import type { ImsRecord, Patient, Practitioner, Visit } from '../../src/ims/schema/record.ts';
import type { Session } from '../../src/ims/schema/session.ts';
import { STAFF_INJURY_REASON } from '../../src/mapping/losses.ts';

/** Every top-level member, with the element that it is read back from. */
export const ELEMENT_PATHS = {
  kind: 'Encounter.extension(ims-record)',
  source: 'Encounter.extension(ims-record)',
  recordId: 'Encounter.extension(ims-record)',
  revision: 'Encounter.extension(ims-record)',
  status: 'Encounter.extension(ims-record)',
  recordedAt: 'Encounter.extension(ims-record)',
  origin: 'Encounter.extension(ims-record)',
  corrections: 'Encounter.extension(ims-record)',
  patient: 'Patient',
  practitioners: 'Practitioner',
  clinic: 'Organization',
  episode: 'QuestionnaireResponse(ims-assessment)',
  visit: 'Encounter',
  assessment: 'QuestionnaireResponse(ims-assessment)',
  screening: 'QuestionnaireResponse(ims-contraindication-screen)',
  session: 'Procedure',
  consents: 'QuestionnaireResponse(ims-assessment)',
  refusals: 'QuestionnaireResponse(ims-assessment)',
  events: 'QuestionnaireResponse(ims-assessment)',
  staffEvents: 'not sent',
  contacts: 'QuestionnaireResponse(ims-assessment)',
  patientFacts: 'QuestionnaireResponse(ims-assessment)',
  documents: 'DocumentReference',
  notes: 'DocumentReference',
  local: 'Encounter.extension(local)',
} as const satisfies Record<keyof ImsRecord, string>;

/** Members of the objects that are mapped to native elements and extensions. */
export const MEMBER_PATHS = {
  patient: {
    id: 'Patient.identifier',
    identifiers: 'Patient.identifier',
    name: 'Patient.name',
    birthDate: 'Patient.birthDate',
    gender: 'Patient.gender',
    phone: 'Patient.telecom',
    email: 'Patient.telecom',
    address: 'Patient.address.text',
  },
  practitioners: {
    id: 'Practitioner.identifier',
    name: 'Practitioner.name',
    identifiers: 'Practitioner.identifier',
  },
  clinic: {
    id: 'Organization.identifier',
    name: 'Organization.name',
    timeZone: 'Organization.extension(clinic-time-zone)',
  },
  visit: {
    startAt: 'Encounter.period.start',
    date: 'Encounter.period.start',
    endAt: 'Encounter.period.end',
    place: 'Encounter.extension(visit-place)',
    practitioners: 'Encounter.participant.individual',
    text: 'Encounter.extension(ims-notes)',
    asWritten: 'Encounter.extension(ims-notes)',
    absent: 'Encounter.extension(ims-notes)',
    saidBy: 'Encounter.extension(ims-notes)',
    saidByText: 'Encounter.extension(ims-notes)',
    askedAt: 'Encounter.extension(ims-notes)',
    complaintKeys: 'Encounter.extension(ims-notes)',
    baseline: 'Encounter.extension(ims-notes)',
  },
  session: {
    status: 'Procedure.status',
    startAt: 'Procedure.performedPeriod.start',
    endAt: 'Procedure.performedPeriod.end',
    technique: 'Procedure.code',
    substanceInjected: 'Procedure.extension(substance-injected)',
    screening: 'Procedure.extension(session-screening)',
    stop: 'Procedure.extension(session-stop)',
    sites: 'Procedure.extension(needled-site)',
    sitesNotNeedled: 'Procedure.extension(site-not-needled)',
    positions: 'Procedure.extension(session-position)',
    hygiene: 'Procedure.extension(session-hygiene)',
    course: 'Procedure.extension(course-position)',
    billed: 'Procedure.extension(billed-code)',
    alsoDone: 'Procedure.extension(also-done)',
    adverseEvent: 'Procedure.extension(adverse-event-happened)',
    counts: 'Procedure.extension(needle-count)',
    result: 'Procedure.extension(session-result)',
    needleTypes: 'Procedure.extension(needle-type)',
    channels: 'Procedure.extension(estim-channel)',
    aftercare: 'Procedure.extension(aftercare)',
    warnings: 'Procedure.extension(warning-given)',
    text: 'Procedure.extension(ims-notes)',
    asWritten: 'Procedure.extension(ims-notes)',
    absent: 'Procedure.extension(ims-notes)',
    saidBy: 'Procedure.extension(ims-notes)',
    saidByText: 'Procedure.extension(ims-notes)',
    askedAt: 'Procedure.extension(ims-notes)',
    complaintKeys: 'Procedure.extension(ims-notes)',
    baseline: 'Procedure.extension(ims-notes)',
  },
} as const satisfies {
  patient: Record<keyof Patient, string>;
  practitioners: Record<keyof Practitioner, string>;
  clinic: Record<keyof NonNullable<ImsRecord['clinic']>, string>;
  visit: Record<keyof Visit, string>;
  session: Record<keyof Session, string>;
};

/** Rows of the data dictionary that no resource contains as such, with the reason. */
export const NOT_MAPPED: readonly { id: string; what: string; why: string }[] = [
  {
    id: 'A07',
    what: 'that the pain is persistent',
    why: 'follows from onset or duration; the eight weeks are a threshold of this project, so nothing is derived from them',
  },
  {
    id: 'C07',
    what: 'the answer, where a list of operations is charted',
    why: 'follows from the list, which is mapped; an answer that is also charted is mapped with it',
  },
  {
    id: 'C08',
    what: 'the answer, where a list of operations is charted',
    why: 'follows from the list, as for C07',
  },
  {
    id: 'C09',
    what: 'that none of C01 to C08 applies',
    why: "follows from the eight answers and does not mean that needling is safe; the chart's own sentence is mapped",
  },
  {
    id: 'C35',
    what: 'that the patient is a child',
    why: 'follows from the birth date, or the age, and the configured age of majority; reported as a finding',
  },
  {
    id: 'P14',
    what: 'the duration of the session',
    why: 'follows from start and end, where both are charted',
  },
  {
    id: 'P15',
    what: 'a billed code or a number of muscles that is not charted',
    why: 'each payer has its own rule for counting muscles',
  },
  { id: 'R06', what: 'injuries of staff', why: STAFF_INJURY_REASON },
];
