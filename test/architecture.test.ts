import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingModules, violations } from './architecture.ts';

const ROOT = join(import.meta.dirname, '..');

function sources(): Map<string, string> {
  const names = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join('src', name));
  return new Map(files.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

/** Files and folders at the top of the repository, without dot-files and what tools create. */
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
  it('has only the listed files and folders at the top of the repository', () => {
    const made = new Set(['node_modules', 'dist', 'coverage']);
    const names = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !made.has(name));
    expect(names.sort()).toEqual(TOP);
  });

  it('follows the rules for layers, sizes, input and output, and has no import cycle', () => {
    expect(violations(sources())).toEqual([]);
  });

  it('has rules only for modules and folders that exist', () => {
    expect(missingModules(sources().keys())).toEqual([]);
  });

  it('reports an import from a higher layer', () => {
    const added = sources().set(
      'src/ims/added.ts',
      "import { toFhir } from '../mapping/to-fhir.ts';\n",
    );
    expect(violations(added)).toContain(
      'src/ims/added.ts: must not import src/mapping/to-fhir.ts, which is not in a lower layer or folder',
    );
  });

  it('reports an import from another module of the same layer', () => {
    const added = sources().set('src/outbox/added.ts', "export * from '../remote/remote.ts';\n");
    expect(violations(added)).toContain(
      'src/outbox/added.ts: must not import src/remote/remote.ts, which is not in a lower layer or folder',
    );
  });

  it('reports an import of IMS by a module that does not depend on it', () => {
    const added = sources().set('src/remote/added.ts', "import '../ims/schema/record.ts';\n");
    expect(violations(added)).toEqual([
      'src/remote/added.ts: must not import src/ims/schema/record.ts, because remote must not depend on IMS',
    ]);
  });

  it('reports an import from a higher folder of the same module', () => {
    const added = sources().set('src/mapping/codec/added.ts', "import '../resources/flag.ts';\n");
    expect(violations(added)).toContain(
      'src/mapping/codec/added.ts: must not import src/mapping/resources/flag.ts, which is not in a lower layer or folder',
    );
  });

  it('reports a cycle, a long file, a clock in a module without input and output, and an unknown module', () => {
    const added = new Map([
      ['src/ims/a.ts', "import './b.ts';\n"],
      ['src/ims/b.ts', "import './a.ts';\n"],
      ['src/mapping/long.ts', '\n'.repeat(302)],
      ['src/chart/clock.ts', 'const now = Date.now();\n'],
      ['src/misc/x.ts', ''],
    ]);
    expect(violations(added)).toEqual([
      'src/mapping/long.ts: must have at most 300 lines',
      'src/chart/clock.ts: must not perform input or output, because chart is not in IO_MODULES',
      'src/misc/x.ts: module misc is not in any layer',
      'src/ims/a.ts -> src/ims/b.ts -> src/ims/a.ts: import cycle',
    ]);
  });
});
