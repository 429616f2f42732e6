import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingRooms, violations } from './architecture.ts';

const ROOT = join(import.meta.dirname, '..');

function sources(): Map<string, string> {
  const names = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join('src', name));
  return new Map(files.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

/** The entries of the top level, beside dot-files and what tools make. */
const TOP = [
  'CHANGELOG.md',
  'Dockerfile',
  'LICENSE',
  'NOTICE',
  'README.md',
  'examples',
  'package-lock.json',
  'package.json',
  'profiles',
  'src',
  'test',
  'tsconfig.json',
];

describe('architecture', () => {
  it('has nothing at its top level but what belongs there', () => {
    const made = new Set(['node_modules', 'dist', 'coverage']);
    const names = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !made.has(name));
    expect(names.sort()).toEqual(TOP);
  });

  it('keeps its layers and file sizes, and has no cycle', () => {
    expect(violations(sources())).toEqual([]);
  });

  it('names only rooms and folders that exist', () => {
    expect(missingRooms(sources().keys())).toEqual([]);
  });

  it('sees an import that points up', () => {
    const planted = sources().set(
      'src/ims/planted.ts',
      "import { toFhir } from '../mapping/to-fhir.ts';\n",
    );
    expect(violations(planted)).toContain(
      'src/ims/planted.ts: imports src/mapping/to-fhir.ts, which is not below it',
    );
  });

  it('sees an import that points sideways', () => {
    const planted = sources().set(
      'src/outbox/planted.ts',
      "export * from '../remote/remote.ts';\n",
    );
    expect(violations(planted)).toContain(
      'src/outbox/planted.ts: imports src/remote/remote.ts, which is not below it',
    );
  });

  it('sees an import by a room that is independent of IMS', () => {
    const planted = sources().set('src/remote/planted.ts', "import '../ims/schema/record.ts';\n");
    expect(violations(planted)).toEqual([
      'src/remote/planted.ts: imports src/ims/schema/record.ts, on which it must not depend',
    ]);
  });

  it('sees an import that crosses the border of a folder', () => {
    const planted = sources().set(
      'src/mapping/codec/planted.ts',
      "import '../resources/flag.ts';\n",
    );
    expect(violations(planted)).toContain(
      'src/mapping/codec/planted.ts: imports src/mapping/resources/flag.ts, which is not below it',
    );
  });

  it('sees a cycle, a long file, a clock in a pure room and a folder without a layer', () => {
    const planted = new Map([
      ['src/ims/a.ts', "import './b.ts';\n"],
      ['src/ims/b.ts', "import './a.ts';\n"],
      ['src/mapping/long.ts', '\n'.repeat(302)],
      ['src/chart/clock.ts', 'const now = Date.now();\n'],
      ['src/misc/x.ts', ''],
    ]);
    expect(violations(planted)).toEqual([
      'src/mapping/long.ts: is longer than 300 lines',
      'src/chart/clock.ts: does I/O in a pure room',
      'src/misc/x.ts: belongs to no layer',
      'src/ims/a.ts -> src/ims/b.ts -> src/ims/a.ts: is a cycle',
    ]);
  });
});
