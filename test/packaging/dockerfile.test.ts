import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, type Stage, stepsOf } from './dockerfile.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const steps = stepsOf(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
let folder: string;
let stage: Stage;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ims-fhir-image-'));
  const context = join(folder, 'context');
  mkdirSync(context);
  // Only committed files.
  execFileSync('sh', ['-c', `git -C '${ROOT}' archive HEAD | tar -x -C '${context}'`]);
  stage = build(steps, { context, root: join(folder, 'image') });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the Dockerfile', () => {
  it('builds in several stages on a slim base and does not run as root', () => {
    const bases = steps.filter(({ name }) => name === 'FROM').map(({ args }) => args);
    expect(bases.length).toBeGreaterThan(1);
    for (const base of bases) expect(base).toMatch(/^node:26-slim/);
    expect(stage.user).toBe('node');
    expect(stage.volumes).toEqual(['/home/node/data']);
    expect(statSync(join(stage.root, '/home/node/data')).mode & 0o777).toBe(0o700);
  });

  it('starts a healthy service, which requires a key', async () => {
    const [, ...args] = stage.command;
    const cwd = join(stage.root, stage.workdir);
    const env = {
      PATH: process.env.PATH,
      ...stage.env,
      IMS_FHIR_PORT: '18080',
      IMS_FHIR_TARGETS: '[{"name":"emr","base":"http://127.0.0.1:9/fhir"}]',
    };
    const refused = spawn(process.execPath, args, {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [code] = (await once(refused, 'exit')) as [number];
    expect(code).toBe(2);

    const withKey = { ...env, IMS_FHIR_API_KEY: 'a-key-that-is-long-enough' };
    const service = spawn(process.execPath, args, { cwd, env: withKey, stdio: 'ignore' });
    try {
      await expect
        .poll(
          () =>
            fetch('http://127.0.0.1:18080/readyz').then(
              (answer) => answer.status,
              () => 0,
            ),
          {
            timeout: 20_000,
          },
        )
        .toBe(200);
      execFileSync('sh', ['-ec', stage.healthcheck], { cwd, env: withKey });
      const withoutKey = await fetch('http://127.0.0.1:18080/v1/deliveries/1');
      expect(withoutKey.status).toBe(401);
    } finally {
      service.kill('SIGTERM');
      const [ended] = (await once(service, 'exit')) as [number];
      expect(ended).toBe(0);
    }
  });
});
