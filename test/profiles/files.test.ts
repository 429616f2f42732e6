import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareFolders,
  listFiles,
  replaceFolder,
  writeFiles,
} from '../../profiles/scripts/files.ts';
import { stampArtefacts } from '../../profiles/scripts/stamp.ts';
import { readArtefacts } from './artefacts.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ims-fhir-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('compareFolders', () => {
  it('lists the files that are missing, left over or different', () => {
    const fresh = join(folder, 'fresh');
    const committed = join(folder, 'committed');
    writeFiles(
      fresh,
      new Map([
        ['a.json', { v: 1 }],
        ['b.json', { v: 1 }],
        ['c.json', {}],
      ]),
    );
    writeFiles(
      committed,
      new Map([
        ['b.json', { v: 2 }],
        ['c.json', {}],
        ['d.json', {}],
      ]),
    );
    expect(compareFolders(fresh, committed, 'x')).toEqual([
      'missing:   x/a.json',
      'different: x/b.json',
      'left over: x/d.json',
    ]);
  });

  it('finds no difference after one folder has replaced the other', () => {
    const fresh = join(folder, 'fresh');
    const committed = join(folder, 'committed');
    writeFiles(fresh, new Map([['a.json', { v: 1 }]]));
    writeFiles(committed, new Map([['d.json', {}]]));
    replaceFolder(fresh, committed);
    expect(compareFolders(fresh, committed, 'x')).toEqual([]);
    replaceFolder(join(folder, 'missing'), committed);
    expect(listFiles(committed)).toEqual([]);
  });
});

describe('stampArtefacts', () => {
  const canonical = { url: 'https://example.org/x', status: 'active' };
  const guide = {
    ...canonical,
    version: '1.0.0',
    publisher: 'P',
    dependsOn: [{ packageId: 'hl7.terminology.r4' }],
    definition: {
      resource: [],
      page: { nameUrl: 'toc.html', page: [] },
      parameter: [{ code: 'releaselabel' }],
    },
  };
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

  it('adds the version of the guide to artefacts that lack one, and changes nothing else', () => {
    const patient = { resourceType: 'Patient', active: true };
    writeFiles(
      folder,
      new Map<string, object>([
        ['ImplementationGuide-g.json', guide],
        ['ConceptMap-a.json', { resourceType: 'ConceptMap', id: 'a', ...canonical }],
        ['ConceptMap-b.json', { resourceType: 'ConceptMap', ...canonical, version: '0.9.0' }],
        ['Patient-c.json', patient],
      ]),
    );
    stampArtefacts(folder);
    expect(read('ConceptMap-a.json')).toMatchObject({ version: '1.0.0', publisher: 'P' });
    expect(read('ConceptMap-b.json')).toMatchObject({ version: '0.9.0', publisher: 'P' });
    expect(read('Patient-c.json')).toEqual(patient);
  });

  it('removes from the guide what only the IG publisher needs', () => {
    writeFiles(folder, new Map([['ImplementationGuide-g.json', guide]]));
    stampArtefacts(folder);
    const { dependsOn: _emptyPackages, ...kept } = guide;
    expect(read('ImplementationGuide-g.json')).toEqual({
      ...kept,
      definition: { resource: [], page: { nameUrl: 'toc.html' } },
    });
  });
});

describe('the published artefacts', () => {
  it('have a version, a publisher and a canonical of this guide', () => {
    for (const [name, resource] of readArtefacts()) {
      if ('url' in resource && 'status' in resource) {
        const { url, version, publisher } = resource as unknown as Record<string, unknown>;
        expect(url, name).toMatch(/^https:\/\/ims-fhir\.org\/fhir\/[A-Za-z]+\/[a-z0-9.-]+$/);
        expect(version, name).toBe('1.0.0');
        expect(publisher, name).toBeDefined();
      }
    }
  });
});
