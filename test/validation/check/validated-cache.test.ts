// An object that is used in many places of a Bundle is checked once, but its faults are reported at every
// place: the Bundle has the same issues as a copy that shares no objects.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapRecord } from '../../../src/adapter.ts';
import { arbitraryRecord } from '../../arbitraries/record.ts';
import { validator } from '../definitions.ts';

const VALUES = [undefined, null, 7, '', 'x', '#x', 'urn:uuid:x', [], {}, { x: 1 }, [{ url: 'x' }]];
const EXTENSION = { url: 'http://hl7.org/fhir/StructureDefinition/flag-detail', valueCode: 'x' };

/** A change to one object, which may be used in many places. */
const change = fc.record({
  objectIndex: fc.nat(),
  nameIndex: fc.nat(),
  action: fc.constantFrom('replace', 'extend', 'contain'),
  value: fc.constantFrom(...VALUES),
});

type Loose = Record<string, unknown>;

function objectsIn(value: unknown, objects = new Set<Loose>()): Set<Loose> {
  if (typeof value !== 'object' || value === null) return objects;
  if (!Array.isArray(value)) objects.add(value as Loose);
  for (const member of Object.values(value)) objectsIn(member, objects);
  return objects;
}

it('reports the same issues for shared objects as for copies', () => {
  fc.assert(
    fc.property(
      arbitraryRecord(),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (record, changes) => {
        // A clone is not frozen, and still shares its objects.
        const bundle = structuredClone(mapRecord(record).bundle);
        const objects = [...objectsIn(bundle)];
        for (const { objectIndex, nameIndex, action, value } of changes) {
          const object = objects[objectIndex % objects.length] ?? {};
          const names = Object.keys(object);
          if (action === 'replace') object[names[nameIndex % names.length] ?? 'x'] = value;
          else if (action === 'extend') object.extension = [EXTENSION];
          else object.contained = [{ resourceType: 'Patient', id: 'x' }];
        }
        const copy: unknown = JSON.parse(JSON.stringify(bundle));
        expect(validator.validate(withoutUndefined(bundle))).toEqual(validator.validate(copy));
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
  );
});

/** Removes undefined members, in place, as JSON does. */
function withoutUndefined(bundle: unknown): unknown {
  for (const object of objectsIn(bundle)) {
    for (const name of Object.keys(object)) if (object[name] === undefined) delete object[name];
  }
  return bundle;
}
