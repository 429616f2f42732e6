// The IMS record: one visit or contact as the clinic charts it. `record` is the definition from which
// validation, JSON Schema, Questionnaires and documentation are derived. Independent of FHIR.

import { codeSet } from '../codes/code-set.ts';
import { genders, recordOrigins, recordStatuses } from '../codes/general.ts';
import { assessment } from './assessment.ts';
import {
  code,
  group,
  id,
  ids,
  instant,
  list,
  local,
  partialDate,
  plain,
  positiveInt,
  required,
  requiredOrAsWritten,
  setOfValues,
  text,
  uri,
  zone,
} from './build.ts';
import { consent, refusals } from './consent.ts';
import { documents, notes } from './documents.ts';
import { episode } from './episode.ts';
import { contacts, events, staffEvents } from './events.ts';
import type { ValueOf } from './members.ts';
import { byId, identifiers, personName } from './parts.ts';
import { patientFacts } from './patient-facts.ts';
import { screening } from './screening.ts';
import { session } from './session.ts';

const recordKinds = codeSet('record-kind', 'Kind of record', ['visit', 'contact']);

/** The patient; `id` is assigned by the clinic. */
const patient = plain('Patient', {
  id: required(id('Patient')),
  identifiers: identifiers('Identifiers'),
  name: personName('Name'),
  birthDate: partialDate('Birth date', { also: { C35: 'Child, by birth date' } }),
  gender: code('Gender', genders),
  phone: text('Telephone'),
  email: text('E-mail'),
  address: text('Address'),
});

const practitioner = plain('Practitioner', {
  id: required(id('Practitioner')),
  name: personName('Name'),
  identifiers: identifiers('Identifiers'),
});

const clinic = plain('Clinic', {
  id: required(id('Clinic')),
  name: text('Name'),
  timeZone: required(zone('Time zone')),
});

const origin = plain('Origin', {
  how: required(code('How', recordOrigins)),
  system: text('Source system'),
  locator: text('Location in the source system'),
});

/** A01: when, where and with whom; the clinic is a member of the record. */
const visit = group(
  'Visit',
  {
    startAt: instant('Start'),
    date: partialDate('Date'),
    endAt: instant('End'),
    place: text('Place'),
    practitioners: requiredOrAsWritten(ids('Practitioners')),
  },
  { id: 'A01', exactlyOne: [['startAt', 'date']], inOrder: [['startAt', 'endAt']] },
);

/** R17: what a revision corrects. */
const correction = plain('Correction', {
  author: required(id('Author')),
  at: required(instant('At')),
  text: required(text('What was corrected')),
});

/** The definition of the record, version 1. */
export const record = plain('IMS record', {
  kind: required(code('Kind', recordKinds)),
  source: required(uri('Source')),
  recordId: required(id('Record')),
  revision: required(positiveInt('Revision')),
  status: required(code('Status', recordStatuses)),
  recordedAt: required(instant('Recorded at')),
  origin: required(origin),
  corrections: setOfValues('Corrections', correction, { id: 'R17' }),
  patient: required(patient),
  practitioners: list('Practitioners', practitioner, byId),
  clinic,
  episode,
  visit,
  assessment,
  screening,
  session,
  consents: list('Consents for this visit', consent, { id: 'P01' }),
  refusals,
  events,
  staffEvents,
  contacts,
  patientFacts,
  documents,
  notes,
  local: local('Clinic-specific data'),
});

/** A record as read: one revision of one visit or contact. */
export type ImsRecord = ValueOf<typeof record>;
export type Patient = ValueOf<typeof patient>;
export type Practitioner = ValueOf<typeof practitioner>;
export type Clinic = ValueOf<typeof clinic>;
export type Visit = ValueOf<typeof visit>;
