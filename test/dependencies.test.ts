// Supply chain: what `npm ci` fetches and what it runs.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const lock = read<{ packages: Record<string, LockedPackage> }>('package-lock.json');
const { allowScripts } = read<{ allowScripts: Record<string, boolean> }>('package.json');

// The entry with an empty path is this package itself.
const installed = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ ...entry, path, name: path.replace(/^.*node_modules\//, '') }));
const namesWhere = (test: (entry: (typeof installed)[number]) => boolean) =>
  installed.filter(test).map(({ path }) => path);

describe('package-lock.json', () => {
  it('pins every package to the SHA-512 of its contents', () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(namesWhere(({ integrity = '' }) => !integrity.startsWith('sha512-'))).toEqual([]);
  });

  it('names no registry, so that each machine uses the one it is configured for', () => {
    expect(namesWhere(({ resolved, link }) => resolved !== undefined || link === true)).toEqual([]);
  });

  it('has install scripts only in packages that package.json decides about', () => {
    const undecided = namesWhere(
      ({ name, hasInstallScript }) => hasInstallScript === true && !(name in allowScripts),
    );
    expect(undecided).toEqual([]);
  });

  it('lets only the Node binary run an install script', () => {
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
    expect(allowed).toEqual(['node']);
  });

  it('holds no package that reports installations', () => {
    expect(namesWhere(({ name }) => name.startsWith('@scarf/'))).toEqual([]);
  });
});
