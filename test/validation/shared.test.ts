// What is walked once because it stands in many places is told of in every place: a bundle whose parts
// are the same objects is judged like its copy in which none are.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapRecord } from '../../src/adapter.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { validator } from './definitions.ts';

const VALUES = [undefined, null, 7, '', 'x', '#x', 'urn:uuid:x', [], {}, { x: 1 }, [{ url: 'x' }]];
const EXTENSION = { url: 'http://hl7.org/fhir/StructureDefinition/flag-detail', valueCode: 'x' };

/** One change of one member of one object, which may stand in many places. */
const change = fc.record({
  at: fc.nat(),
  name: fc.nat(),
  how: fc.constantFrom('replace', 'extend', 'contain'),
  value: fc.constantFrom(...VALUES),
});

type Loose = Record<string, unknown>;

function objectsIn(value: unknown, found = new Set<Loose>()): Set<Loose> {
  if (typeof value !== 'object' || value === null) return found;
  if (!Array.isArray(value) && !found.has(value as Loose)) found.add(value as Loose);
  for (const inside of Object.values(value)) objectsIn(inside, found);
  return found;
}

it('says of shared objects what it says of copies', () => {
  fc.assert(
    fc.property(
      arbitraryRecord(),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (record, changes) => {
        // Keeps what is shared shared, and lets it be changed.
        const bundle = structuredClone(mapRecord(record).bundle);
        const objects = [...objectsIn(bundle)];
        for (const { at, name, how, value } of changes) {
          const object = objects[at % objects.length] ?? {};
          const names = Object.keys(object);
          if (how === 'replace') object[names[name % names.length] ?? 'x'] = value;
          else if (how === 'extend') object.extension = [EXTENSION];
          else object.contained = [{ resourceType: 'Patient', id: 'x' }];
        }
        const copy: unknown = JSON.parse(JSON.stringify(bundle));
        expect(validator.validate(withoutUndefined(bundle))).toEqual(validator.validate(copy));
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
  );
});

/** As JSON would have it, in place. */
function withoutUndefined(bundle: unknown): unknown {
  for (const object of objectsIn(bundle)) {
    for (const name of Object.keys(object)) if (object[name] === undefined) delete object[name];
  }
  return bundle;
}
