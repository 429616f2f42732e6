import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CodeSystem } from '@medplum/fhirtypes';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addCodes, newCodes } from '../../profiles/scripts/codes.ts';
import { readResource, writeResource } from '../../profiles/scripts/files.ts';

const PROFILES = resolve(import.meta.dirname, '../../profiles');
const CODE_SYSTEM = 'fsh-generated/resources/CodeSystem-ims.json';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ims-fhir-codes-'));
  for (const path of ['input/fsh/codesystems', CODE_SYSTEM]) {
    cpSync(join(PROFILES, path), join(folder, path), { recursive: true });
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = () => readResource(join(folder, CODE_SYSTEM)) as unknown as CodeSystem;

it('finds no new code in the committed sources', () => {
  expect(newCodes(folder)).toEqual([]);
});

it('adds new and changed codes of the sources to the code system', () => {
  const { concept = [], ...codeSystem } = read();
  const [first, second, ...rest] = concept;
  if (first === undefined || second === undefined) throw new Error('no codes');
  const changed = { ...second, definition: 'Another definition.' };
  writeResource(join(folder, CODE_SYSTEM), { ...codeSystem, concept: [changed, ...rest] });
  const added = newCodes(folder);
  expect(added.map(({ code }) => code)).toEqual([first.code, second.code]);
  addCodes(folder, added);
  expect(newCodes(folder)).toEqual([]);
  expect(read().concept).toHaveLength(concept.length);
});
