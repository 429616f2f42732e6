import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../src/ims/reader/read.ts';
import { aRecord, aSession, SOURCE } from '../../records.ts';
import { codesAndPaths, messagesOf, visitWith } from '../sample.ts';

type Changes = Record<string, unknown>;

function issuesWith(changes: Changes): string[] {
  return codesAndPaths(readRecord(visitWith(changes)));
}

describe('keys and references', () => {
  it.each<[what: string, changes: Changes, issues: string[]]>([
    [
      'two sites must not have the same key',
      { '/session/sites/1/key': 'left' },
      ['key-twice /session/sites/1/key'],
    ],
    [
      'items of two lists must not have the same key',
      { '/assessment/sites/0/key': 'right' },
      ['key-twice /session/sites/1/key'],
    ],
    [
      'a key must be that of an item',
      { '/events/0/siteKeys': ['gone'] },
      ['unknown-key /events/0/siteKeys/0'],
    ],
    [
      'each of several keys must be that of an item',
      { '/events/0/siteKeys': ['right', 'gone', 'left'] },
      ['unknown-key /events/0/siteKeys/1'],
    ],
    [
      'a complaint must exist',
      { '/assessment/complaintKeys': ['gone'] },
      ['unknown-key /assessment/complaintKeys/0'],
    ],
    [
      'a baseline must exist',
      { '/assessment/pain/0/baseline': 'gone' },
      ['unknown-key /assessment/pain/0/baseline'],
    ],
    [
      'an event must exist',
      { '/session/stop': { eventKey: 'gone' } },
      ['unknown-key /session/stop/eventKey'],
    ],
    [
      'a practitioner of the visit must be listed',
      { '/visit/practitioners': ['pt-1', 'pt-2'] },
      ['unknown-practitioner /visit/practitioners/1'],
    ],
    [
      'the practitioner of a decision must be listed',
      { '/screening/cancer/decidedBy': 'pt-2' },
      ['unknown-practitioner /screening/cancer/decidedBy'],
    ],
    [
      'a baseline in another record is not looked up',
      { '/assessment/pain/0/baseline': { recordId: 'v', key: 'x' } },
      [],
    ],
    [
      'an event may continue an event of another record',
      { '/events/0/continues': { recordId: 'visit-1000', key: 'sore' } },
      [],
    ],
    [
      'an event that continues one of the same record must reference it',
      { '/events/0/continues': { key: 'bruise' } },
      ['unknown-key /events/0/continues/key'],
    ],
  ])('%s', (_what, changes, issues) => {
    expect(issuesWith(changes)).toEqual(issues);
  });

  it('keys that differ only in case are the same key', () => {
    const pain = ['a', 'A'].map((key) => ({ key, context: 'pain-current', value: 4 }));
    const result = readRecord(aRecord({ assessment: { pain } }));
    expect(codesAndPaths(result)).toEqual(['key-twice /assessment/pain/1/key']);
  });

  it('a reference to a document that is not in the record is a warning', () => {
    const result = readRecord(visitWith({ '/consents/0/documentKey': 'form' }));
    expect(result).toMatchObject({
      ok: true,
      issues: [{ severity: 'warning', code: 'unknown-key', path: '/consents/0/documentKey' }],
    });
  });
});

describe('identifiers', () => {
  it('of people must not be in a system that only ims-fhir assigns: they could be those of others', () => {
    const ours = { system: 'https://ims-fhir.org/fhir/NamingSystem/record', value: 'p-x-patient' };
    const source = { system: `${SOURCE}#patient`, value: 'q' };
    const patient = { id: 'p', identifiers: [ours, source] };
    expect(codesAndPaths(readRecord(aRecord({ patient })))).toEqual([
      'reserved /patient/identifiers/0/system',
      'reserved /patient/identifiers/1/system',
    ]);
    const practitioners = [{ id: 'dr', identifiers: [ours] }];
    expect(codesAndPaths(readRecord(aRecord({ practitioners })))).toEqual([
      'reserved /practitioners/0/identifiers/0/system',
    ]);
  });

  it.each(['.', '..'])('of the record must not be the path step %s', (recordId) => {
    expect(codesAndPaths(readRecord(aRecord({ recordId })))).toEqual(['format /recordId']);
  });
});

describe('the screening of a session', () => {
  it.each<[what: string, changes: Changes, issues: string[]]>([
    [
      'must be in the record',
      { '/screening': undefined },
      ['contradiction /session/screening/basis'],
    ],
    [
      'needs the id of the other record',
      { '/session/screening': { basis: 'other-record' } },
      ['required /session/screening/recordId'],
    ],
    [
      'must not be in another record as well',
      { '/session/screening/recordId': 'v-9' },
      ['contradiction /session/screening/recordId'],
    ],
  ])('%s', (_what, changes, issues) => {
    expect(issuesWith(changes)).toEqual(issues);
  });

  it('must not be that of another record with the same id', () => {
    const screening = { basis: 'other-record', recordId: 'v' };
    const session = aSession({ screening });
    expect(codesAndPaths(readRecord(aRecord({ recordId: 'v', session })))).toEqual([
      'contradiction /session/screening/recordId',
    ]);
  });
});

describe('the sections of a record', () => {
  const { kind, source, recordId, revision, recordedAt, origin } = visitWith();
  const envelope = {
    kind,
    source,
    recordId,
    revision,
    recordedAt,
    origin,
    patient: { id: 'p-77' },
  };
  const { practitioners, clinic, visit, session } = visitWith();
  const withoutSections = { ...envelope, status: 'final', practitioners, clinic, visit };

  it('are required unless the record was entered in error', () => {
    expect(codesAndPaths(readRecord({ ...envelope, status: 'entered-in-error' }))).toEqual([]);
    expect(codesAndPaths(readRecord({ ...envelope, status: 'final' }))).toEqual([
      'empty-visit ',
      'required /clinic',
      'required /visit',
    ]);
    expect(codesAndPaths(readRecord(withoutSections))).toEqual(['empty-visit ']);
  });

  it('may be documents or notes only', () => {
    const documents = [{ key: 'f', contentType: 'application/pdf', data: 'JVBERg==' }];
    expect(codesAndPaths(readRecord({ ...withoutSections, documents }))).toEqual([]);
    const notes = [{ key: 'n', text: 'Seen.' }];
    expect(codesAndPaths(readRecord({ ...withoutSections, notes }))).toEqual([]);
  });

  const contact = (key: string) => ({ key, at: '2026-03-03T09:00:00-08:00', means: 'telephone' });
  const contactIssues = (changes: Changes = {}) =>
    issuesWith({
      '/kind': 'contact',
      '/visit': undefined,
      '/session': undefined,
      '/screening/surgeries': undefined,
      '/events': undefined,
      '/contacts': [contact('call')],
      ...changes,
    });

  it('of a contact include assessment and screening, but no visit', () => {
    expect(contactIssues()).toEqual([]);
  });

  it('of a contact must not be a visit, a session or several contacts, reported together', () => {
    const contacts = [contact('a'), contact('b')];
    const issues = contactIssues({ '/visit': visit, '/session': session, '/contacts': contacts });
    expect(issues).toEqual([
      'exactly-one /contacts',
      'contradiction /session',
      'contradiction /visit',
    ]);
  });

  it('of a contact include the contact, with a time or a date', () => {
    expect(contactIssues({ '/contacts': undefined })).toEqual(['exactly-one /contacts']);
    const withoutTime = { key: 'call', means: 'telephone' };
    const withBoth = { ...contact('call'), date: '2026-03-03' };
    for (const entry of [withoutTime, withBoth]) {
      expect(contactIssues({ '/contacts': [entry] })).toEqual(['exactly-one /contacts/0']);
    }
  });
});

it('the messages say what would be right', () => {
  const result = readRecord(
    visitWith({
      '/clinic': undefined,
      '/events/0/siteKeys': ['gone'],
      '/session/screening/recordId': 'v-9',
      '/session/sites/1/key': 'left',
      '/consents/0/documentKey': 'form',
      '/visit/practitioners': ['pt-2'],
    }),
  );
  expect(messagesOf(result)).toEqual({
    '/clinic': 'is required',
    '/consents/0/documentKey': 'references a document that is not in this record',
    '/events/0/siteKeys/0': 'references an item that is not in this record',
    '/session/screening/recordId': 'is not allowed unless basis is other-record',
    '/session/sites/1/key': 'must be unique; also used at /session/sites/0/key',
    '/visit/practitioners/0': 'references a practitioner who is not listed',
  });
});
