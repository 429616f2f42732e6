import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { submitAnswer } from '../../src/service/schemas.ts';
import { SOURCE } from '../records.ts';
import { startHarness } from './harness.ts';
import { linesOf, sampleRecord } from './sample.ts';

const NDJSON = 'application/x-ndjson';
const { app, adapter } = await startHarness();

function postLines(body: string | Buffer, query = 'target=first') {
  return request(app).post(`/v1/records?${query}`).set('content-type', NDJSON).send(body);
}

function postOne(body: object | string, query = 'target=first') {
  return request(app)
    .post(`/v1/records?${query}`)
    .set('content-type', 'application/json')
    .send(body);
}

describe('one record', () => {
  it('is accepted with one result that has no line', async () => {
    const answer = await postOne(sampleRecord('one'));
    expect(answer.status).toBe(202);
    expect(submitAnswer.parse(answer.body)).toMatchObject({
      accepted: 1,
      duplicates: 0,
      refused: 0,
      results: [{ source: SOURCE, recordId: 'one', revision: 1, status: 'accepted' }],
    });
    expect(answer.body.results[0]).not.toHaveProperty('line');
    expect(answer.body).not.toHaveProperty('settled');
  });

  it('is a duplicate when it is sent again, which is not an error', async () => {
    await postOne(sampleRecord('again'));
    const answer = await postOne(sampleRecord('again'));
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      accepted: 0,
      duplicates: 1,
      results: [{ status: 'duplicate' }],
    });
  });

  it('is refused when the revision is stored with other content', async () => {
    await postOne(sampleRecord('conflict'));
    const answer = await postOne(sampleRecord('conflict', { status: 'amended' }));
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ accepted: 0, refused: 1 });
    expect(answer.body.results[0].issues[0]).toMatchObject({
      code: 'revision-conflict',
      path: '/revision',
    });
  });

  it('is refused with all its issues, with pointers and without values', async () => {
    const answer = await postOne(
      sampleRecord('faulty', { status: 'Zelda', revision: 0, extra: 1 }),
    );
    expect(answer.status).toBe(422);
    const paths = answer.body.results[0].issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['/extra', '/revision', '/status']);
    expect(answer.text).not.toContain('Zelda');
  });

  it('is refused with a pointer for a duplicate member', async () => {
    const text = JSON.stringify(sampleRecord('twice')).replace('{', '{"status":"draft",');
    const answer = await postOne(text);
    expect(answer.status).toBe(422);
    expect(answer.body.results[0].issues).toContainEqual(
      expect.objectContaining({ code: 'json-member-twice', path: '/status' }),
    );
  });

  it('that is not JSON causes a problem instead of a result', async () => {
    const answer = await postOne('{"kind": "visit", Markerson}');
    expect(answer.status).toBe(400);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'invalid-input', issues: [{ code: 'json-syntax' }] });
    expect(answer.text).not.toContain('Markerson');
  });

  it('is answered with 200 when its deliveries have settled within the wait', async () => {
    const answer = await postOne(sampleRecord('waited'), 'target=first&wait=20');
    expect(answer.status).toBe(200);
    expect(answer.body.results[0].deliveries).toEqual([
      expect.objectContaining({ target: 'first', state: 'delivered' }),
    ]);
  });

  it('is answered with 202 when the wait is over first', async () => {
    const answer = await postOne(sampleRecord('slow'), 'target=gone&wait=1');
    expect(answer.status).toBe(202);
    expect(answer.body.results[0].deliveries[0].state).not.toBe('delivered');
  });

  it('is delivered to all targets by default, and once to a target that is named twice', async () => {
    const all = await postOne(sampleRecord('all'), '');
    expect(all.body.results[0].deliveries).toHaveLength(2);
    const twice = await postOne(sampleRecord('two-names'), 'target=first,first');
    expect(twice.body.results[0].deliveries).toHaveLength(1);
  });

  it('is refused if it is invalid, also with a wait', async () => {
    const answer = await postOne(sampleRecord('refused', { revision: 0 }), 'target=first&wait=5');
    expect(answer.status).toBe(422);
  });
});

describe('lines', () => {
  it('are accepted and refused one by one, in order', async () => {
    const [good, bad] = [sampleRecord('l1'), sampleRecord('l2', { revision: 0 })];
    const answer = await postLines(`${linesOf([good, bad])}\n{"kind":"vi`);
    expect(answer.status).toBe(202);
    expect(submitAnswer.parse(answer.body)).toMatchObject({ accepted: 1, refused: 2 });
    expect(
      answer.body.results.map(({ line, status }: Record<string, unknown>) => [line, status]),
    ).toEqual([
      [1, 'accepted'],
      [2, 'refused'],
      [3, 'refused'],
    ]);
  });

  it('may start with a byte order mark, end with CRLF and include blank lines', async () => {
    const text = `\uFEFF${JSON.stringify(sampleRecord('b1'))}\r\n\r\n  \n${JSON.stringify(sampleRecord('b2'))}\r\n`;
    const answer = await postLines(text);
    expect(
      answer.body.results.map(({ line, status }: Record<string, unknown>) => [line, status]),
    ).toEqual([
      [1, 'accepted'],
      [4, 'accepted'],
    ]);
  });

  it('that are all invalid are answered with 422 and all results', async () => {
    const answer = await postLines('nonsense\n[]\n{}');
    expect(answer.status).toBe(422);
    expect(answer.type).toBe('application/json');
    expect(answer.body).toMatchObject({ accepted: 0, duplicates: 0, refused: 3 });
  });

  it('are refused one by one for bytes that are not UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from(`${JSON.stringify(sampleRecord('u1'))}\n`),
      Buffer.from('{"kind":"\xe9"}\n', 'latin1'),
      Buffer.from(JSON.stringify(sampleRecord('u3'))),
    ]);
    const answer = await postLines(body);
    expect(answer.status).toBe(202);
    expect(answer.body.results[1]).toMatchObject({
      line: 2,
      status: 'refused',
      issues: [{ code: 'encoding' }],
    });
    expect(answer.body).toMatchObject({ accepted: 2, refused: 1 });
  });

  it('are limited to 1,000; nothing of a larger body is stored', async () => {
    const more = Array.from({ length: 1001 }, () => '{}').join('\n');
    const answer = await postLines(more.replace('{}', JSON.stringify(sampleRecord('too-many'))));
    expect(answer.status).toBe(413);
    expect(answer.body.code).toBe('too-large');
    expect(await pulled('too-many')).toBeUndefined();
    expect((await postLines(`${more.slice(3)}\n\n`)).status).toBe(422);
  });

  it('are limited to 16 MB', async () => {
    const answer = await postLines(Buffer.alloc(17 * 1024 * 1024, ' '));
    expect(answer.status).toBe(413);
    const detail = 'The body must have at most 16 MiB. Nothing was stored.';
    expect(answer.body).toMatchObject({ code: 'too-large', status: 413, detail });
  });

  async function pulled(recordId: string) {
    await adapter.idle();
    return await adapter.pull({ source: SOURCE, recordId, target: 'first' });
  }
});

describe('a request is invalid when it', () => {
  it('has another content type', async () => {
    const answer = await request(app)
      .post('/v1/records')
      .set('content-type', 'text/plain')
      .send('{}');
    expect(answer.status).toBe(415);
    expect(answer.body.detail).toContain('application/x-ndjson');
    expect(answer.body).toMatchObject({
      type: 'https://ims-fhir.org/problems/wrong-type',
      status: 415,
      code: 'wrong-type',
    });
  });

  it('has another character set', async () => {
    const answer = await request(app)
      .post('/v1/records')
      .set('content-type', 'application/json; charset=iso-8859-1')
      .send('{}');
    expect(answer.status).toBe(415);
  });

  it('has no body', async () => {
    for (const type of ['application/json', NDJSON]) {
      const answer = await request(app).post('/v1/records').set('content-type', type).send('');
      expect(answer.status).toBe(400);
      expect(answer.body.code).toBe('invalid-input');
    }
    expect((await postLines('\n \r\n')).status).toBe(400);
  });

  it('is not UTF-8', async () => {
    const sending = request(app).post('/v1/records').set('content-type', 'application/json');
    sending.write(Buffer.from('{"kind":"\xe9"}', 'latin1'));
    const answer = await sending;
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain('UTF-8');
  });

  it('has a record larger than 16 MB', async () => {
    const answer = await postOne(sampleRecord('large', { status: 'x'.repeat(16 * 1024 * 1024) }));
    expect(answer.status).toBe(413);
  });

  it('has an invalid query, with all issues', async () => {
    const answer = await postOne(sampleRecord('q'), 'wait=31&target=a,,b&tagret=first');
    expect(answer.status).toBe(400);
    const paths = answer.body.issues.map(({ path }: { path: string }) => path);
    expect(paths.sort()).toEqual(['?tagret', '?target', '?wait']);
    expect(answer.body.issues).toContainEqual(
      expect.objectContaining({
        path: '?tagret',
        message: 'unknown parameter; must be one of: target, wait',
      }),
    );
    expect((await postOne(sampleRecord('q'), 'wait=1&wait=2')).status).toBe(400);
  });

  it('names an unknown target', async () => {
    const answer = await postOne(sampleRecord('nowhere'), 'target=other');
    expect(answer.status).toBe(422);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body.code).toBe('no-target');
  });
});
