// Layer 1, the IMS record: one visit, whole, as the clinic wrote it. Knows nothing of FHIR.
// The one definition starts here; everything derived is read off `record`.

import { codeSet } from '../codes/code-set.ts';
import { genders, origins, recordStatuses } from '../codes/general.ts';
import { assessment } from './assessment.ts';
import {
  code,
  day,
  group,
  id,
  ids,
  instant,
  list,
  local,
  must,
  needed,
  plain,
  positive,
  setOfValues,
  text,
  uri,
  zone,
} from './build.ts';
import { consent, refusals } from './consent.ts';
import { contacts } from './contact.ts';
import { documents, notes } from './documents.ts';
import { episode } from './episode.ts';
import { events, staffEvents } from './events.ts';
import type { ValueOf } from './members.ts';
import { byId, identifiers, personName } from './parts.ts';
import { patientFacts } from './patient-facts.ts';
import { screening } from './screening.ts';
import { session } from './session.ts';

const recordKinds = codeSet('record-kind', 'Kind of record', ['visit', 'contact']);

/** The person the record is about; `id` is the clinic's own. */
const patient = plain('Patient', {
  id: must(id('Patient')),
  identifiers: identifiers('Identifiers'),
  name: personName('Name'),
  birthDate: day('Birth date', { also: { C35: 'Child, by birth date' } }),
  gender: code('Gender', genders),
  phone: text('Telephone'),
  email: text('E-mail'),
  address: text('Address'),
});

const practitioner = plain('Practitioner', {
  id: must(id('Practitioner')),
  name: personName('Name'),
  identifiers: identifiers('Identifiers'),
});

const clinic = plain('Clinic', {
  id: must(id('Clinic')),
  name: text('Name'),
  timeZone: must(zone('Time zone')),
});

const origin = plain('Origin', {
  how: must(code('How', origins)),
  system: text('System it came from'),
  locator: text('Where it stands there'),
});

/** A01: when, where and with whom. The clinic is the record's. */
const visit = group(
  'Visit',
  {
    startAt: instant('Start'),
    date: day('Date'),
    endAt: instant('End'),
    place: text('Place'),
    practitioners: needed(ids('Practitioners')),
  },
  { id: 'A01', exactlyOne: [['startAt', 'date']], inOrder: [['startAt', 'endAt']] },
);

/** R17: what a revision corrects, in words. */
const correction = plain('Correction', {
  author: must(id('Author')),
  at: must(instant('At')),
  text: must(text('What was wrong')),
});

/** The definition of the record, version 1. */
export const record = plain('IMS record', {
  kind: must(code('Kind', recordKinds)),
  source: must(uri('Source')),
  recordId: must(id('Record')),
  revision: must(positive('Revision')),
  status: must(code('Status', recordStatuses)),
  recordedAt: must(instant('Recorded at')),
  origin: must(origin),
  corrections: setOfValues('Corrections', correction, { id: 'R17' }),
  patient: must(patient),
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
  local: local("The clinic's own extras"),
});

/** A record as read: one revision of one visit. */
export type ImsRecord = ValueOf<typeof record>;
export type Patient = ValueOf<typeof patient>;
export type Practitioner = ValueOf<typeof practitioner>;
export type Clinic = ValueOf<typeof clinic>;
export type Visit = ValueOf<typeof visit>;
