// Files of a chart are delivered by the service to a FHIR server and read back with the same bytes.
import { createHash } from 'node:crypto';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { SOURCE } from '../records.ts';
import { startHarness } from '../service/harness.ts';
import { sampleRecord } from '../service/sample.ts';

const { app, sandbox } = await startHarness();

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const files: [title: string, contentType: string, bytes: Buffer][] = [
  ['Letter', 'application/pdf', Buffer.from('%PDF-1.4\n%âãÏÓ\ninvented\n%%EOF\n', 'latin1')],
  ['Photograph', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0xff, 0xd9])],
  ['Drawing', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['Report', 'text/plain', Buffer.from('Zeile eins\r\nλίγο πόνο\n')],
  [
    'Every byte',
    'application/octet-stream',
    Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
  ],
  ['A scan of 3 MB', 'image/tiff', Buffer.alloc(3_000_000, 'scan')],
];
const documents = files.map(([title, contentType, bytes], index) => ({
  key: `file-${index}`,
  title,
  contentType,
  data: bytes.toString('base64'),
  sha256: sha256(bytes),
  author: 'Front desk',
  date: '2026-03-02',
}));
const notes = [
  {
    key: 'note-1',
    text: 'LTR++ UT (R).\n\tTol. well.',
    author: 'Inez Vented',
    at: '2026-03-02T10:04:00-08:00',
  },
];

async function roundTrip(record: object, recordId: string) {
  const sent = await request(app).post('/v1/records?target=first&wait=20').send(record);
  expect(sent.body).toMatchObject({
    accepted: 1,
    results: [{ deliveries: [{ state: 'delivered' }] }],
  });
  const path = `/v1/records/${encodeURIComponent(SOURCE)}/${recordId}?target=first`;
  return { sent, back: (await request(app).get(path)).body as { record: Record<string, unknown> } };
}

describe('documents and notes', () => {
  it('are read back with the same bytes, authors and times', async () => {
    const { back } = await roundTrip(
      sampleRecord('with-files', { documents, notes }),
      'with-files',
    );
    expect(back.record.notes).toEqual(notes);
    expect(back.record.documents).toEqual(documents);
    for (const { data, sha256: charted } of back.record.documents as typeof documents) {
      expect(sha256(Buffer.from(data, 'base64'))).toBe(charted);
    }
  });

  it('are stored on the server as files that any program can open', () => {
    const stored = sandbox.resources().filter((one) => one.resourceType === 'DocumentReference');
    const digests = stored.map(({ content }) => {
      const { data = '' } = content?.[0]?.attachment ?? {};
      return sha256(Buffer.from(data, 'base64'));
    });
    for (const [, , bytes] of files) expect(digests).toContain(sha256(bytes));
  });

  it('can be the only content of a visit', async () => {
    const record = sampleRecord('files-only', {
      screening: undefined,
      session: undefined,
      documents,
      notes,
    });
    const { back } = await roundTrip(record, 'files-only');
    expect(back.record).toEqual(JSON.parse(JSON.stringify(record)));
  });

  it('with a wrong SHA-256 are delivered, with a warning when sent and when read back', async () => {
    const [first] = documents;
    const wrong = [{ ...first, sha256: sha256(Buffer.from('other')) }];
    const { sent, back } = await roundTrip(
      sampleRecord('damaged', { documents: wrong }),
      'damaged',
    );
    const issue = { severity: 'warning', code: 'digest', path: '/documents/0/sha256' };
    expect(sent.body.results[0].issues).toContainEqual(expect.objectContaining(issue));
    expect(back).toMatchObject({ issues: [issue] });
    expect(back.record.documents).toEqual(wrong);
  });

  it('without a SHA-256 are read back without one', async () => {
    const [{ sha256: _, ...first } = {}] = documents;
    const { back } = await roundTrip(sampleRecord('bare', { documents: [first] }), 'bare');
    expect(back.record.documents).toEqual([first]);
  });

  it('beyond 16 MB are rejected before anything is stored', async () => {
    const huge = sampleRecord('huge', { notes: [{ key: 'n', text: 'x'.repeat(17_000_000) }] });
    const answer = await request(app).post('/v1/records?target=first').send(huge);
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
  });
});
