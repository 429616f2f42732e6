import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { SubmitAnswer } from '../../src/adapter.ts';
import { listen } from '../../src/service/listen.ts';
import { failingAdapter, logSpy } from './harness.ts';
import { sampleRecord } from './sample.ts';

const ANSWER: SubmitAnswer = {
  accepted: 1,
  duplicates: 0,
  refused: 0,
  results: [],
  settled: false,
};

/** A service whose submission ends only when `finish` is called; `begun` resolves when it starts. */
async function slowService() {
  let finish: (answer: SubmitAnswer) => void = () => undefined;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const submit = () =>
    new Promise<SubmitAnswer>((resolve) => {
      finish = resolve;
      begin();
    });
  const ready = () => Promise.resolve(true);
  const adapter = failingAdapter(new Error('unexpected call'), { submit, ready });
  const service = await listen({ adapter, logger: logSpy().logger, host: '127.0.0.1', port: 0 });
  const post = () =>
    fetch(`${service.base}/v1/records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sampleRecord()),
    });
  return { service, post, begun, finish: () => finish(ANSWER) };
}

describe('stopping', () => {
  it('lets running requests finish, rejects new ones and is reported as not ready', async () => {
    const { service, post, begun, finish } = await slowService();
    const first = post();
    await begun;
    const closed = service.close();
    const second = await post();
    expect(second.status).toBe(503);
    expect(second.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(await second.json()).toMatchObject({ code: 'shutting-down' });
    expect((await fetch(`${service.base}/readyz`)).status).toBe(503);
    expect((await fetch(`${service.base}/healthz`)).status).toBe(200);
    finish();
    expect((await first).status).toBe(202);
    await closed;
    await expect(fetch(`${service.base}/healthz`)).rejects.toThrow();
  });

  it('answers requests that do not finish in time with 503', async () => {
    const { service, post, begun } = await slowService();
    const first = post();
    await begun;
    await service.close({ graceMs: 20 });
    expect((await first).status).toBe(503);
  });

  it('ends at once without running requests, and closes idle connections', async () => {
    const { service } = await slowService();
    const { port } = new URL(service.base);
    const socket = connect(Number(port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await service.close();
    await ended;
  });
});

it('fails with a message when the port is in use', async () => {
  const { service } = await slowService();
  const port = Number(new URL(service.base).port);
  const options = { adapter: failingAdapter(new Error()), logger: logSpy().logger };
  await expect(listen({ ...options, host: '127.0.0.1', port })).rejects.toThrow(/EADDRINUSE/);
  await service.close();
});
