import { expect, it } from 'vitest';
import { RECORD_SCHEMA_ID, recordJsonSchema } from '../../src/ims/schema/json-schema.ts';
import type { Group } from '../../src/ims/schema/members.ts';
import { record } from '../../src/ims/schema/record.ts';
import { visitWith } from './sample.ts';

type Schema = { readonly [name: string]: unknown };

const schema = recordJsonSchema() as Schema;

/** The schema that a reference stands for. */
function follow(part: Schema): Schema {
  const name = /^#\/\$defs\/(.+)$/.exec(String(part.$ref))?.[1];
  return name === undefined ? part : follow((schema.$defs as Record<string, Schema>)[name] ?? {});
}

function propertiesOf(part: Schema): Record<string, Schema> {
  return (follow(part).properties ?? {}) as Record<string, Schema>;
}

it('names itself and is plain JSON', () => {
  expect(schema.$id).toBe(RECORD_SCHEMA_ID);
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
});

it('has every member of the tree, refuses others and asks for what must stand', () => {
  check(record, schema, '');

  function check(group: Group, given: Schema, path: string): void {
    const part = follow(given);
    const properties = propertiesOf(part);
    expect(part, path).toMatchObject({ type: 'object', additionalProperties: false });
    const must = Object.entries(group.members).flatMap(([name, { need }]) =>
      need === 'required' ? [name] : [],
    );
    expect(part.required ?? [], path).toEqual(must);
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

it('takes a valid visit', () => {
  expect(refused(visitWith(), schema, '')).toEqual([]);
});

it('refuses what it says nothing of', () => {
  expect(refused(visitWith({ '/session/depth': 1, '/status': 'done' }), schema, '')).toEqual([
    '/status',
    '/session/depth',
  ]);
});

/** Paths whose values have another type, code or name than the schema says: its structure only. */
function refused(value: unknown, given: Schema | undefined, path: string): string[] {
  if (given === undefined) return [path];
  const part = follow(given);
  if (Array.isArray(part.anyOf)) {
    const ways = part.anyOf.map((way: Schema) => refused(value, way, path));
    return ways.find((way) => way.length === 0) ?? [path];
  }
  if (Array.isArray(part.enum)) return part.enum.includes(value) ? [] : [path];
  const type = Array.isArray(value) ? 'array' : typeof value;
  if (part.type !== type && !(part.type === 'integer' && type === 'number')) return [path];
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) =>
      refused(entry, part.items as Schema, `${path}/${index}`),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  const others = typeof part.additionalProperties === 'object' ? part.additionalProperties : null;
  return Object.entries(value).flatMap(([name, inside]) => {
    const own = propertiesOf(part)[name] ?? ((others ?? undefined) as Schema | undefined);
    return refused(inside, own, `${path}/${name}`);
  });
}
