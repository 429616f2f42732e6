import { expect, it } from 'vitest';
import { RECORD_SCHEMA_ID, recordJsonSchema } from '../../../src/ims/schema/json-schema.ts';
import type { Group } from '../../../src/ims/schema/members.ts';
import { record } from '../../../src/ims/schema/record.ts';
import { visitWith } from '../sample.ts';

type Schema = { readonly [name: string]: unknown };

const schema = recordJsonSchema() as Schema;

/** The schema behind a reference. */
function follow(part: Schema): Schema {
  const name = /^#\/\$defs\/(.+)$/.exec(String(part.$ref))?.[1];
  return name === undefined ? part : follow((schema.$defs as Record<string, Schema>)[name] ?? {});
}

function propertiesOf(part: Schema): Record<string, Schema> {
  return (follow(part).properties ?? {}) as Record<string, Schema>;
}

it('has an id and is plain JSON', () => {
  expect(schema.$id).toBe(RECORD_SCHEMA_ID);
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});

it('has every member of the definition, allows no others and lists the required ones', () => {
  check(record, schema, '');

  function check(group: Group, given: Schema, path: string): void {
    const part = follow(given);
    const properties = propertiesOf(part);
    expect(part, path).toMatchObject({ type: 'object', additionalProperties: false });
    const requiredNames = Object.entries(group.members).flatMap(([name, { need }]) =>
      need === 'required' ? [name] : [],
    );
    expect(part.required ?? [], path).toEqual(requiredNames);
    for (const [name, member] of Object.entries(group.members)) {
      const inside = properties[name];
      expect(inside, `${path}/${name}`).toBeDefined();
      if (member.kind === 'group') check(member, inside ?? {}, `${path}/${name}`);
      if (member.kind !== 'list') continue;
      const list = follow(inside ?? {});
      expect(list.type, `${path}/${name}`).toBe('array');
      check(member.of, list.items as Schema, `${path}/${name}`);
    }
  }
});

it('accepts a valid visit', () => {
  expect(rejectedPaths(visitWith(), schema, '')).toEqual([]);
});

it('rejects unknown members and codes', () => {
  expect(rejectedPaths(visitWith({ '/session/depth': 1, '/status': 'done' }), schema, '')).toEqual([
    '/status',
    '/session/depth',
  ]);
});

/** Paths of values with a type, code or name that the schema does not allow; checks structure only. */
function rejectedPaths(value: unknown, given: Schema | undefined, path: string): string[] {
  if (given === undefined) return [path];
  const part = follow(given);
  if (Array.isArray(part.anyOf)) {
    const results = part.anyOf.map((option: Schema) => rejectedPaths(value, option, path));
    return results.find((paths) => paths.length === 0) ?? [path];
  }
  if (Array.isArray(part.enum)) return part.enum.includes(value) ? [] : [path];
  const type = Array.isArray(value) ? 'array' : typeof value;
  if (part.type !== type && !(part.type === 'integer' && type === 'number')) return [path];
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) =>
      rejectedPaths(entry, part.items as Schema, `${path}/${index}`),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  const others = typeof part.additionalProperties === 'object' ? part.additionalProperties : null;
  return Object.entries(value).flatMap(([name, inside]) => {
    const own = propertiesOf(part)[name] ?? ((others ?? undefined) as Schema | undefined);
    return rejectedPaths(inside, own, `${path}/${name}`);
  });
}
