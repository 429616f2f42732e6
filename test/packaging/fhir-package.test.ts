// The FHIR package as used by an EMR team: installed in an empty cache, its profiles are parents of theirs.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StructureDefinition } from '@medplum/fhirtypes';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureCorePackages } from '../../profiles/scripts/core-package.ts';
import { buildPackage } from '../../profiles/scripts/package.ts';
import { runSushi, type SushiResult } from '../../profiles/scripts/sushi.ts';
import { readArtefacts } from '../profiles/artefacts.ts';

const folder = mkdtempSync(join(tmpdir(), 'ims-fhir-child-'));
const home = join(folder, 'home');
const project = join(folder, 'guide');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const profiles = [...readArtefacts().values()].filter(
  (one) => one.resourceType === 'StructureDefinition' && one.type !== 'Extension',
) as StructureDefinition[];

const CONFIG = `id: example.hospital.r4
canonical: https://hospital.example/fhir
name: HospitalGuide
title: What the hospital asks of needling sessions
status: draft
version: 0.1.0
fhirVersion: 4.0.1
copyrightYear: 2026+
releaseLabel: ci-build
publisher:
  name: An invented hospital
  url: https://hospital.example
dependencies:
  hl7.fhir.uv.tools.r4: 0.9.0
  hl7.terminology.r4: 7.0.1
  hl7.fhir.uv.extensions.r4: 5.2.0
  org.ims-fhir.r4: 1.0.0
menu:
  Artifacts: artifacts.html
`;

/** One child of each profile, and one child that adds constraints. */
const FSH = `${profiles
  .map(
    ({ id = '' }) => `Profile: Child${id.replaceAll('-', '')}
Parent: ${id}
Id: hospital-${id}
Title: "Child of ${id}"
Description: "Inherits all of ${id}."
`,
  )
  .join('\n')}
Profile: HospitalSession
Parent: ims-needling-session
Id: hospital-session
Title: "Needling session of the hospital"
Description: "A session with a site, screened here, at one of the hospital's places."
* extension[site] 1..*
* extension[supporting] 1..1
* location 1..1
* code from https://ims-fhir.org/fhir/ValueSet/ims-technique (preferred)
* performer 1..*

Instance: hospital-muscles
InstanceOf: ValueSet
Usage: #definition
* url = "https://hospital.example/fhir/ValueSet/hospital-muscles"
* name = "HospitalMuscles"
* title = "Muscles needled at the hospital"
* description = "All muscles of an IMS record."
* status = #draft
* experimental = true
* compose.include.valueSet = "https://ims-fhir.org/fhir/ValueSet/ims-muscle"
`;

let result: SushiResult;

beforeAll(async () => {
  ensureCorePackages(home);
  const packageFolder = join(home, '.fhir', 'packages', 'org.ims-fhir.r4#1.0.0');
  mkdirSync(packageFolder, { recursive: true });
  extract({ file: buildPackage(folder), cwd: packageFolder, sync: true });
  const source = join(project, 'input', 'fsh', 'profiles.fsh');
  mkdirSync(dirname(source), { recursive: true });
  writeFileSync(join(project, 'sushi-config.yaml'), CONFIG);
  writeFileSync(source, FSH);
  result = await runSushi(project, home);
});

describe('a guide that depends on the package', () => {
  it('compiles without an error and without a warning', () => {
    expect(result).toEqual({ errors: [], warnings: [] });
  });

  it('has a child of every profile, whose snapshot contains all inherited elements', () => {
    const generated = readdirSync(join(project, 'fsh-generated', 'resources'));
    expect(profiles.length).toBeGreaterThan(15);
    for (const { id, url, snapshot } of profiles) {
      const name = `StructureDefinition-hospital-${id}.json`;
      expect(generated).toContain(name);
      const child = readGenerated(name);
      expect(child.baseDefinition).toBe(url);
      const missing = (snapshot?.element ?? []).filter(
        (element) => !child.snapshot?.element.some((one) => one.id === element.id),
      );
      expect(
        missing.map((element) => element.id),
        id,
      ).toEqual([]);
    }
  });

  it('constrains inherited elements, including our extensions', () => {
    const child = readGenerated('StructureDefinition-hospital-session.json');
    const site = child.snapshot?.element.find((one) => one.id === 'Procedure.extension:site');
    expect(site).toMatchObject({
      min: 1,
      max: '*',
      type: [{ profile: ['https://ims-fhir.org/fhir/StructureDefinition/needled-site'] }],
    });
  });
});

function readGenerated(name: string): StructureDefinition {
  const file = join(project, 'fsh-generated', 'resources', name);
  return JSON.parse(readFileSync(file, 'utf8')) as StructureDefinition;
}
