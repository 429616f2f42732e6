// Reader, validator and mapping given broken input: nothing throws, nothing is polluted, and a record
// that is still read still becomes valid FHIR. FUZZ_INPUTS sets how many inputs, FUZZ_SEED which.
import { randomInt } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { mapRecord, unmapBundle } from '../../src/adapter.ts';
import { readRecord, readRecordText } from '../../src/ims/reader/read.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { bundleOf, cases } from '../examples/cases.ts';
import { validator } from '../validation/definitions.ts';
import { byteEdits, bytesEdited, edit, edited } from './mutate.ts';

const INPUTS = Number(process.env.FUZZ_INPUTS ?? 400);
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
console.log(`fuzz: ${INPUTS} inputs, FUZZ_SEED=${seed}`);

const records = [
  ...cases.map(({ text }) => text),
  ...fc
    .sample(arbitraryRecord({ density: 'medium' }), { numRuns: 12, seed: 7 })
    .map((record) => JSON.stringify(record)),
];
const bundles = cases.map(({ name }) => JSON.stringify(bundleOf(name)));
const resources = bundles.flatMap((text) => {
  const { entry = [] } = JSON.parse(text) as { entry?: { resource: object }[] };
  return entry.map(({ resource }) => JSON.stringify(resource));
});

/** What every object has; a polluted one has more. */
const inherited = JSON.stringify([Object, Array, String, Function].map(namesOf));
let slowestMs = 0;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** What is held after each twentieth of all inputs, in MB; the first ones fill caches. */
const heldMb: number[] = [];
let inputs = 0;

function namesOf({ prototype }: { prototype: object }): (string | symbol)[] {
  return Reflect.ownKeys(prototype).map(String);
}

function countInput(): void {
  inputs += 1;
  if (inputs % Math.ceil(INPUTS / 20) !== 0) return;
  collect();
  heldMb.push(Math.round(process.memoryUsage().heapUsed / 1e6));
}

function timed<T>(run: () => T): T {
  const startedAt = performance.now();
  const result = run();
  slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  return result;
}

const share = (part: number) => ({ numRuns: Math.ceil(INPUTS * part), seed });
/** For a run of many inputs by hand, on a machine that does other things too. */
const PATIENCE_MS = 60_000 + INPUTS * 100;

afterAll(() => {
  console.log(`fuzz: ${inputs} inputs, slowest call ${slowestMs.toFixed(0)} ms`);
  console.log(`fuzz: MB held after each twentieth: ${heldMb.join(' ')}`);
  const settled = heldMb.slice(10);
  expect(Math.max(...settled) - Math.min(...settled)).toBeLessThan(32);
  expect(JSON.stringify([Object, Array, String, Function].map(namesOf))).toBe(inherited);
});

const edits = fc.array(edit, { minLength: 1, maxLength: 4 });

describe('broken input', () => {
  it(
    'a record of broken structure is read or refused, and what is read becomes valid FHIR',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...records), edits, (text, changes) => {
          countInput();
          const read = timed(() => readRecord(edited(text, changes)));
          if (!read.ok) expect(read.issues.length).toBeGreaterThan(0);
          else {
            const { bundle } = timed(() => mapRecord(read.record));
            const faults = timed(() => validator.validate(bundle));
            expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
          }
        }),
        share(0.35),
      );
    },
    PATIENCE_MS,
  );

  it(
    'a record of broken bytes is read or refused',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...records), byteEdits, (text, changes) => {
          countInput();
          const read = timed(() => readRecordText(bytesEdited(text, changes)));
          if (!read.ok) expect(read.issues.length).toBeGreaterThan(0);
        }),
        share(0.25),
      );
    },
    PATIENCE_MS,
  );

  it(
    'a bundle of broken structure is validated and read',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...bundles), edits, (text, changes) => {
          countInput();
          const value = edited(text, changes);
          expect(timed(() => validator.validate(value))).toBeInstanceOf(Array);
          expect(timed(() => unmapBundle(value)).visits).toBeInstanceOf(Array);
        }),
        share(0.05),
      );
    },
    PATIENCE_MS,
  );

  it(
    'a resource of broken structure is validated and read',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...resources), edits, (text, changes) => {
          countInput();
          const value = edited(text, changes);
          expect(timed(() => validator.validate(value))).toBeInstanceOf(Array);
          expect(timed(() => unmapBundle(value)).visits).toBeInstanceOf(Array);
        }),
        share(0.35),
      );
    },
    PATIENCE_MS,
  );
});
