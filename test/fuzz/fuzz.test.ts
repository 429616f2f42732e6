// Reader, validator and mapping with broken input: they never throw or change prototypes, and a record that
// is accepted maps to valid FHIR. FUZZ_INPUTS is the number of inputs, FUZZ_SEED selects them.
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

/** Members of the built-in prototypes; prototype pollution would add some. */
const inherited = JSON.stringify([Object, Array, String, Function].map(namesOf));
let slowestMs = 0;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Heap after each twentieth of all inputs, in MB; it grows at first while caches are filled. */
const heapMb: number[] = [];
let inputs = 0;

function namesOf({ prototype }: { prototype: object }): (string | symbol)[] {
  return Reflect.ownKeys(prototype).map(String);
}

function countInput(): void {
  inputs += 1;
  if (inputs % Math.ceil(INPUTS / 20) !== 0) return;
  collect();
  heapMb.push(Math.round(process.memoryUsage().heapUsed / 1e6));
}

function timed<T>(run: () => T): T {
  const startedAt = performance.now();
  const result = run();
  slowestMs = Math.max(slowestMs, performance.now() - startedAt);
  return result;
}

const share = (part: number) => ({ numRuns: Math.ceil(INPUTS * part), seed });
/** Long enough for a manual run of many inputs on a busy machine. */
const TIMEOUT_MS = 60_000 + INPUTS * 100;

afterAll(() => {
  console.log(`fuzz: ${inputs} inputs, slowest call ${slowestMs.toFixed(0)} ms`);
  console.log(`fuzz: heap in MB after each twentieth: ${heapMb.join(' ')}`);
  const settled = heapMb.slice(10);
  expect(Math.max(...settled) - Math.min(...settled)).toBeLessThan(32);
  expect(JSON.stringify([Object, Array, String, Function].map(namesOf))).toBe(inherited);
});

const edits = fc.array(edit, { minLength: 1, maxLength: 4 });

describe('broken input', () => {
  it(
    'in the structure of a record is rejected, or the record maps to valid FHIR',
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
    TIMEOUT_MS,
  );

  it(
    'in the bytes of a record is read or rejected',
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
    TIMEOUT_MS,
  );

  it(
    'in the structure of a bundle is validated and read',
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
    TIMEOUT_MS,
  );

  it(
    'in the structure of a resource is validated and read',
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
    TIMEOUT_MS,
  );
});
