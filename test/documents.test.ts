// Documents are short where they must be, and what they say is true where a machine can check it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createAdapter } from '../src/adapter.ts';
import { readRules, settingDefinitions } from '../src/config.ts';
import { readRecordText } from '../src/ims/reader/read.ts';
import { policyOf } from '../src/safety/policy.ts';
import { createSandbox } from '../src/sandbox/sandbox.ts';
import { problemTypes } from '../src/service/problem.ts';
import { createService } from '../src/service/service.ts';
import type { Cause, DeliveryState } from '../src/store/tables.ts';
import { IO_MODULES, LAYERS, moduleOf } from './architecture.ts';
import { cli } from './cli/cli.ts';
import {
  anchorsOf,
  brokenLinks,
  codeBlocks,
  codeIn,
  documentPaths,
  headingsOf,
  longTables,
  proseOf,
  ROOT,
  tableOf,
  textOf,
} from './documents.ts';
import { bundleOf } from './examples/cases.ts';
import { wordingFaults } from './language.ts';
import { logSpy, startHarness } from './service/harness.ts';

const MAX_README_BYTES = 15_000;
const MAX_README_ROWS = 20;
const paths = documentPaths();
const readme = textOf('README.md');
const service = textOf('src/service/README.md');
const architecture = textOf('src/README.md');

describe('README.md', () => {
  it('is at most 15 kB', () => {
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(MAX_README_BYTES);
  });

  it('has no generated table of more than twenty rows', () => {
    expect(longTables(readme, MAX_README_ROWS)).toEqual([]);
    const rows = '| x |\n'.repeat(MAX_README_ROWS + 1);
    const long = `<!-- long: generated -->\n| head |\n|---|\n${rows}<!-- /long -->`;
    expect(longTables(long, MAX_README_ROWS)).toEqual(['long']);
  });

  it('lists every setting', () => {
    const named = tableOf(readme, 'Variable').rows.map(([variable]) => variable);
    expect(named).toEqual(settingDefinitions.map(({ env }) => `\`${env}\``));
  });
});

describe('the first record of README.md', () => {
  const [answer = '', , mistake = ''] = codeBlocks(readme, 'json');

  it('is answered as the page shows', async () => {
    const sandbox = await createSandbox();
    const adapter = await createAdapter({
      store: { path: ':memory:' },
      targets: [{ name: 'sandbox', base: sandbox.base }],
    });
    try {
      const app = createService({ adapter, logger: logSpy().logger });
      const record = textOf('examples/04-tennis-elbow/record.json');
      const response = await request(app)
        .post('/v1/records?wait=10')
        .set('content-type', 'application/json')
        .send(record);
      expect(response.body).toEqual(JSON.parse(answer));
    } finally {
      await adapter.close();
      await sandbox.close();
    }
  });

  it('becomes as many resources as the page says', () => {
    const [, count] = /now has (\d+) resources/.exec(readme) ?? [];
    expect(bundleOf('04').entry?.length).toBe(Number(count));
  });

  it('is refused with the mistake that the page shows', () => {
    const record = textOf('examples/01-low-back-pain-first/record.json');
    const read = readRecordText(record.replaceAll('"gluteus-medius"', '"gluteus-medus"'));
    expect(read.issues).toContainEqual(JSON.parse(mistake));
  });
});

describe('every document', () => {
  it('has links that resolve, and headings where they point', () => {
    const broken = paths.flatMap((path) =>
      brokenLinks(path, textOf(path)).map((link) => `${path}: ${link}`),
    );
    expect(broken).toEqual([]);
    expect(brokenLinks('README.md', '# A b\n[x](#a-b) [y](#c) [z](src/none.md)')).toEqual([
      '#c',
      'src/none.md',
    ]);
  });

  it('names settings that exist', () => {
    const known = new Set(settingDefinitions.map(({ env }) => env));
    const named = paths.flatMap((path) => textOf(path).match(/\bIMS_FHIR_[A-Z_]+/g) ?? []);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const missing = paths
      .filter((path) => path !== 'CHANGELOG.md')
      .flatMap((path) =>
        codeIn(textOf(path))
          .filter((code) => /^[\w.-]+(\/[\w.-]+)*(\/|\.ts|\.md)$/.test(code))
          .filter((code) => !/^(dist|package)\//.test(code))
          .filter((code) => {
            const folders = [ROOT, join(ROOT, 'src'), join(ROOT, dirname(path))];
            return !folders.some((folder) => existsSync(join(folder, code)));
          })
          .map((code) => `${path}: ${code}`),
      );
    expect(missing).toEqual([]);
  });

  it('names npm scripts, commands and options that exist', async () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: object };
    const texts = paths.map(textOf).join('\n');
    const used = [...texts.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, name = '']) => name);
    expect(used.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const wrong: string[] = [];
    for (const [line, command = '', rest = ''] of texts.matchAll(
      /(?:run -s cli --|\bims-fhir) ([a-z]+)\b([^`|\n]*)/g,
    )) {
      const { code, stdout } = await cli([command, '--help']);
      const options = rest.match(/--[a-z-]+/g) ?? [];
      if (code !== 0 || options.some((option) => !stdout.includes(option))) wrong.push(line);
    }
    expect(wrong).toEqual([]);
  });

  it('has no wording that readers had to read twice', () => {
    expect(paths.flatMap((path) => wordingFaults(path, proseOf(textOf(path))))).toEqual([]);
    expect(wordingFaults('x.md', proseOf('`is none of`\n\nIt is none of these.'))).toEqual([
      'x.md:3: "is none of"; better: must be one of …',
    ]);
  });
});

describe('src/service/README.md', () => {
  it('explains every problem code, and no other', () => {
    expect(headingsOf(service, 4).toSorted()).toEqual(Object.keys(problemTypes).toSorted());
    expect(anchorsOf(service)).toEqual(expect.arrayContaining(Object.keys(problemTypes)));
  });

  it('lists every path of the service, and no other', async () => {
    const { app } = await startHarness();
    const { paths: routes } = (await request(app).get('/openapi.json')).body as {
      paths: Record<string, object>;
    };
    const known = Object.entries(routes).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `\`${method.toUpperCase()} ${path}\``),
    );
    const listed = tableOf(service, 'Path').rows.map(([path]) => path);
    expect(listed.toSorted()).toEqual(known.toSorted());
  });

  it('lists every state of a delivery', () => {
    const states = {
      queued: true,
      sending: true,
      held: true,
      rejected: true,
      delivered: true,
      superseded: true,
    } satisfies Record<DeliveryState, true>;
    expect(firstCodes(service, 'State').toSorted()).toEqual(Object.keys(states).toSorted());
  });

  it('lists every cause that a delivery can have', () => {
    const causes = Object.keys({
      auth: true,
      capability: true,
      policy: true,
      'patient-unmatched': true,
      'patient-ambiguous': true,
      'patient-mismatch': true,
      'practitioner-unmatched': true,
      'encounter-unmatched': true,
      conflict: true,
      refused: true,
      'screening-missing': true,
      throttled: true,
      unreachable: true,
      'unknown-outcome': true,
      validation: true,
      internal: true,
    } satisfies Record<Cause, true>);
    const source = ['push', 'outbox'].map((name) => sourceOf(`src/${name}`)).join('\n');
    const produced = causes.filter((cause) => source.includes(`'${cause}'`));
    expect(firstCodes(service, 'Cause').toSorted()).toEqual(produced.toSorted());
  });

  it('has a record that can be read', () => {
    const [record = ''] = codeBlocks(service, 'json record');
    expect(readRecordText(record)).toMatchObject({ ok: true, issues: [] });
  });
});

describe('src/safety/README.md', () => {
  it('has settings of the rules that are valid', () => {
    const [settings = ''] = codeBlocks(textOf('src/safety/README.md'), 'json rules');
    expect(policyOf(readRules({ IMS_FHIR_RULES: settings })).jurisdiction).toBe('CA-BC');
  });
});

describe('src/README.md', () => {
  it('lists the layers that the architecture test checks', () => {
    const listed = tableOf(architecture, 'Layer, from the top').rows.map(([modules = '']) =>
      namesIn(modules),
    );
    const known = LAYERS.map((modules) => modules.toSorted()).toReversed();
    expect(listed).toEqual(known);
  });

  it('lists the folders that perform I/O', () => {
    const [, modules = ''] = /^Only (.+?) use files/m.exec(architecture) ?? [];
    expect(namesIn(modules)).toEqual([...IO_MODULES].sort());
  });
});

/** The first cell of each row of a table, without backticks. */
function firstCodes(text: string, header: string): string[] {
  return tableOf(text, header).rows.map(([cell = '']) => cell.replaceAll('`', ''));
}

/** The modules in backticks, sorted. */
function namesIn(text: string): string[] {
  return codeIn(text)
    .map((name) => moduleOf(`src/${name}`))
    .sort();
}

function sourceOf(folder: string): string {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
    .join('\n');
}
