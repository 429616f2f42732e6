// Builds the FHIR artefacts: generators -> SUSHI -> profiles/fsh-generated/resources. Generated FSH is
// committed with the sources; everything that is published ends up in the folder of resources.
//   node profiles/scripts/build.ts           writes them
//   node profiles/scripts/build.ts --check   fails when the committed files differ from a fresh build
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addCodes, newCodes } from './codes.ts';
import { ensureCorePackages } from './core-package.ts';
import { fillDisplays } from './displays.ts';
import { compareFolders, listFiles, replaceFolder, writeFiles } from './files.ts';
import { stampArtefacts } from './stamp.ts';
import { runSushi } from './sushi.ts';

const PROFILES = resolve(import.meta.dirname, '..');
const HOME = resolve(PROFILES, '..', '.cache', 'fhir');
const OUTPUT = 'fsh-generated/resources';
/** The definitions that the running program validates with. */
const VALIDATION = 'fsh-generated/validation';
const isCheck = process.argv.includes('--check');
const added = newCodes(PROFILES);
if (added.length > 0) {
  if (isCheck) {
    console.error('The code system is out of date: run "npm run profiles" and commit.');
    process.exit(1);
  }
  addCodes(PROFILES, added);
}
// Loaded only now: these modules and the mapping read the code system when they are loaded.
const { fillProfiles } = await import('./capabilities.ts');
const { FSH, GENERATORS, RESOURCES } = await import('./generators.ts');
const { compileValidation } = await import('./validation.ts');

/** One step of a build. Works in `stage`, a copy of the sources, and throws to stop the build. */
interface Step {
  readonly name: string;
  readonly run: (stage: string) => void | Promise<void>;
}

/** The folders that a build writes and that are committed. */
const COMMITTED = [FSH, OUTPUT, VALIDATION];

const prepare: readonly Step[] = [
  { name: 'FHIR packages', run: () => ensureCorePackages(HOME) },
  { name: 'sources', run: copySources },
  { name: 'generators', run: runGenerators },
  { name: 'SUSHI', run: compile },
  { name: 'generated resources', run: copyGenerated },
  { name: 'displays', run: (stage) => fillDisplays(join(stage, OUTPUT)) },
  { name: 'supported profiles', run: (stage) => fillProfiles(join(stage, OUTPUT)) },
  { name: 'version', run: (stage) => stampArtefacts(join(stage, OUTPUT)) },
  {
    name: 'validation',
    run: (stage) => compileValidation(join(stage, OUTPUT), join(stage, VALIDATION)),
  },
];
const finish: Step = isCheck ? { name: 'compare', run: compare } : { name: 'write', run: write };

await build([...prepare, finish]);

async function build(steps: readonly Step[]): Promise<void> {
  const startedAt = performance.now();
  const stage = mkdtempSync(join(tmpdir(), 'ims-fhir-profiles-'));
  try {
    for (const step of steps) {
      await step.run(stage);
    }
    const count = listFiles(join(stage, OUTPUT)).length;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`profiles: ${count} artefacts, ${finish.name} done, ${seconds} s`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function copySources(stage: string): void {
  cpSync(join(PROFILES, 'sushi-config.yaml'), join(stage, 'sushi-config.yaml'));
  cpSync(join(PROFILES, 'input'), join(stage, 'input'), { recursive: true });
  for (const folder of [RESOURCES, FSH]) {
    rmSync(join(stage, folder), { recursive: true, force: true });
  }
}

function runGenerators(stage: string): void {
  for (const { folder, generate } of GENERATORS) {
    writeFiles(join(stage, folder), generate());
  }
}

async function compile(stage: string): Promise<void> {
  const { errors, warnings } = await runSushi(stage, HOME);
  if (errors.length + warnings.length > 0) {
    throw new Error(
      `SUSHI: ${errors.length} errors, ${warnings.length} warnings; nothing was written.`,
    );
  }
}

function copyGenerated(stage: string): void {
  cpSync(join(stage, RESOURCES), join(stage, OUTPUT), { recursive: true });
}

function write(stage: string): void {
  for (const folder of COMMITTED) {
    replaceFolder(join(stage, folder), join(PROFILES, folder));
  }
}

function compare(stage: string): void {
  const differences = COMMITTED.flatMap((folder) =>
    compareFolders(join(stage, folder), join(PROFILES, folder), `profiles/${folder}`),
  );
  if (differences.length > 0) {
    throw new Error(`Run "npm run profiles" and commit:\n${differences.join('\n')}`);
  }
}
