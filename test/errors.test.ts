import { describe, expect, it } from 'vitest';
import { isMissingPackage } from '../src/errors.ts';

const NAME = '@nobody/has-this-package';

describe('a package that is not installed', () => {
  it('is recognised, and no other error is', async () => {
    const missing = await import(/* @vite-ignore */ [NAME].join()).catch((error: unknown) => error);
    const native = Object.assign(new Error(`Cannot find package '${NAME}' imported from x`), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    expect(missing).toBeInstanceOf(Error);
    expect(isMissingPackage(native, [NAME])).toBe(true);
    expect(isMissingPackage(native, ['@nobody/another'])).toBe(false);
    expect(isMissingPackage(new Error(NAME), [NAME])).toBe(false);
    expect(isMissingPackage(undefined, [NAME])).toBe(false);
  });
});
