// Broken input for the fuzz tests: valid records and bundles with changed bytes or structure.
import fc from 'fast-check';

/** One change of a JSON document. `at` selects the member, modulo the size of the document. */
export interface Edit {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'rename' | 'repeat' | 'swap' | 'wrap';
  readonly value: string;
}

/** Values that often cause errors in programs, as JSON. */
const VALUES = [
  ...['null', 'true', '0', '-1', '1e308', '1.5', '""', '" "', '[]', '{}', '[null]', '[[]]', '[{}]'],
  ...['"#"', '"#x"', '"urn:uuid:x"', '"Patient/1"', '"2026-02-30"', '"9999-12-31T23:59:60+14:00"'],
  ...['"constructor"', '"__proto__"', '"toString"', '"\\ud800"', '"\\u0000"', '"<div>&x"'],
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Bundle"}}]}',
  '{"resourceType":"__proto__"}',
  '{"resourceType":"constructor","id":1}',
  '{"url":"constructor","extension":[{"url":"__proto__"}]}',
  '{"linkId":"__proto__","item":[{"linkId":"constructor","answer":[{}]}]}',
  '{"reference":"#"}',
  '{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason"}]}',
];

const NAMES = ['__proto__', 'constructor', 'resourceType', 'extension', '_value', 'valueX', ''];

/** Large values, created when used, so that test cases stay small. */
const LARGE: Readonly<Record<string, () => unknown>> = {
  deep: () => JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`),
  deepObjects: () => JSON.parse(`${'{"item":[{"extension":['.repeat(900)}${']}]}'.repeat(900)}`),
  wide: () => Array.from({ length: 20_000 }, () => ({})),
  long: () => 'x'.repeat(300_000),
  slow: () => `${'a'.repeat(50_000)}!`,
  slashes: () => '/'.repeat(50_000),
  digits: () => '9'.repeat(5000),
};

/** An arbitrary change. */
export const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom(
    'replace',
    'replace',
    'replace',
    'remove',
    'rename',
    'repeat',
    'swap',
    'wrap',
  ),
  value: fc.oneof(
    {
      weight: 12,
      arbitrary: fc.constantFrom(...VALUES, ...NAMES.map((name) => JSON.stringify(name))),
    },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(LARGE)) },
  ),
});

/** Changes of bytes: removed, repeated or with flipped bits. */
export const byteEdits = fc.array(
  fc.record({ at: fc.nat(), how: fc.constantFrom('cut', 'double', 'flip'), by: fc.nat(40) }),
  { minLength: 1, maxLength: 3 },
);

interface MemberSlot {
  readonly owner: Record<string, unknown>;
  readonly name: string;
}

/** A copy of a document with the changes applied in order. */
export function edited(text: string, edits: readonly Edit[]): unknown {
  const root = { root: JSON.parse(text) as unknown };
  for (const one of edits) {
    const slots = slotsOf(root);
    const slot = slots[one.at % slots.length];
    const other = slots[(one.at * 7) % slots.length];
    if (slot !== undefined && other !== undefined) apply(one, slot, other);
  }
  return root.root;
}

function slotsOf(root: object): MemberSlot[] {
  const found: MemberSlot[] = [];
  const waiting: object[] = [root];
  for (let owner = waiting.pop(); owner !== undefined; owner = waiting.pop()) {
    for (const name of Object.keys(owner)) {
      found.push({ owner: owner as Record<string, unknown>, name });
      const value = (owner as Record<string, unknown>)[name];
      if (typeof value === 'object' && value !== null && found.length < 20_000) waiting.push(value);
    }
  }
  return found;
}

function apply({ how, value }: Edit, { owner, name }: MemberSlot, other: MemberSlot): void {
  switch (how) {
    case 'replace':
      set(owner, name, LARGE[value]?.() ?? JSON.parse(value));
      return;
    case 'remove':
      if (Array.isArray(owner)) owner.splice(Number(name), 1);
      else delete owner[name];
      return;
    case 'rename':
      // A JSON array has no named members.
      if (Array.isArray(owner)) return;
      set(owner, value in LARGE ? '__proto__' : String(JSON.parse(value)), owner[name]);
      return;
    case 'repeat':
      set(owner, name, [owner[name], structuredCloneOf(owner[name])]);
      return;
    case 'swap':
      set(owner, name, structuredCloneOf(other.owner[other.name]));
      return;
    case 'wrap':
      set(owner, name, { value: owner[name] });
  }
}

/** Sets an own member, also for `__proto__`, like JSON.parse. */
function set(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function structuredCloneOf(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

/** A copy of a text with changed bytes. */
export function bytesEdited(
  text: string,
  edits: readonly { at: number; how: string; by: number }[],
): string {
  let bytes = Buffer.from(text);
  for (const { at, how, by } of edits) {
    const from = at % (bytes.length + 1);
    const [head, middle, tail] = [
      bytes.subarray(0, from),
      bytes.subarray(from, from + by),
      bytes.subarray(from + by),
    ];
    if (how === 'cut') bytes = Buffer.concat([head, tail]);
    else if (how === 'double') bytes = Buffer.concat([head, middle, middle, tail]);
    else bytes = Buffer.concat([head, middle.map((byte) => byte ^ by), tail]);
  }
  return bytes.toString('utf8');
}
