// Arbitrary values of a record's leaves, already in normal form: what reading would make of them.
import fc from 'fast-check';

const FRAGMENTS = [
  'sore',
  'left more than right',
  'Schmerz an der Schläfe',
  'douleur à l’épaule',
  'Ống tay, đau',
  '痛み',
  'ألم',
  '🙂 ok 👩🏽‍⚕️',
  '"quoted"',
  "it's",
  '<script>alert(1)</script>',
  '<b>bold</b> &amp; &lt;',
  ']]>',
  'line one\nline two\n\nline four',
  'tab\there',
  'back\\slash',
  '++',
  '30G x 2',
  'a|b,c;d^e',
  '100 %',
  '{{x}} $' + '{y}',
  'non\u00a0breaking\u2028separator',
  'zero\u200bwidth',
  'null',
  '0',
  '-',
  'word '.repeat(60),
] as const;

/** Trimmed and NFC, as the reader leaves it. */
function clean(value: string): string {
  return value.trim().normalize('NFC');
}

/** One of some texts that have made trouble elsewhere. */
export const plainText = fc.constantFrom(...FRAGMENTS.map(clean));

const graphemes = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map(clean)
  .map((value) => (value === '' ? '…' : value));

/** Free text: several lines, accents, other scripts, emoji, quotes, markup. */
export const text = fc.oneof(
  { weight: 6, arbitrary: plainText },
  {
    weight: 2,
    arbitrary: fc
      .tuple(plainText, fc.constantFrom(' ', '\n', ', '), plainText)
      .map((parts) => clean(parts.join(''))),
  },
  { weight: 1, arbitrary: graphemes },
);

/** Names given outside, kept byte for byte: spaces, separators, NFD, the longest allowed. */
export const id = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 99_999 }).map((number) => `id-${number}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'A|1,2',
      ' two  spaces ',
      'cafe\u0301',
      'café',
      'a/b?c=d&e#f',
      '$%\\',
      '"q"',
      '<i>',
      '../up',
      '🙂',
      '病历-7',
      'x'.repeat(200),
    ),
  },
);

/** Absolute URIs. */
export const uri = fc.constantFrom(
  'https://clinic.example/ims',
  'https://clinic.example/a?b=c&d=e#f',
  'urn:oid:1.2.3.4',
  'urn:uuid:0b9c2f1e-8a64-4f5e-9a37-2f1d0c9b8a76',
  'https://klinik.example/schlüssel',
);

/** IANA time zones on both sides of the date line. */
export const zone = fc.constantFrom(
  'America/Vancouver',
  'Europe/Zurich',
  'Asia/Kolkata',
  'Pacific/Kiritimati',
  'UTC',
);

const DAYS = 20 * 365;
const START_MS = Date.UTC(2012, 0, 1);

const fullDate = fc
  .nat({ max: DAYS })
  .map((days) => new Date(START_MS + days * 86_400_000).toISOString().slice(0, 10));

/** A date as precise as known: year, month or day. */
export const partialDate = fc
  .tuple(fullDate, fc.constantFrom(10, 10, 7, 4))
  .map(([date, length]) => date.slice(0, length));

/** A moment with seconds, at times a fraction of them, and an offset. */
export const instant = fc
  .tuple(
    fullDate,
    fc.nat({ max: 86_399 }),
    fc.constantFrom('', '', '', '.5', '.25', '.125'),
    fc.constantFrom('-08:00', '-07:00', '+01:00', '+05:30', '+14:00', 'Z'),
  )
  .map(([date, second, fraction, offset]) => {
    const clock = new Date(second * 1000).toISOString().slice(11, 19);
    return `${date}T${clock}${fraction}${offset}`;
  });

/** A date, or the chart's words for one with the date or the latest possible one beside. */
export const date = fc.oneof(
  { weight: 3, arbitrary: partialDate },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        text,
        fc.constantFrom('neither', 'date', 'latestDate', 'both'),
        partialDate,
        partialDate,
      )
      .map(([dateText, which, date, latestDate]) => ({
        dateText,
        ...(which === 'date' || which === 'both' ? { date } : {}),
        ...(which === 'latestDate' || which === 'both' ? { latestDate } : {}),
      })),
  },
);

const NUMBERS = [
  -999_999.5, -40, -1.5, -0.000001, 0, 0.000001, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.54, 3, 4, 5, 6.75, 7,
  8, 9, 10, 10.5, 12, 25, 30, 37.2, 40, 60, 75, 90, 100, 120.125, 180, 365, 1000, 123_456.789,
  999_999_999,
];

/** Numbers that `accepts` lets pass, and ranges of them with one end or both. */
export function numberOf(accepts: (value: unknown) => boolean): fc.Arbitrary<unknown> {
  const one = fc.constantFrom(...NUMBERS.filter(accepts));
  const range = fc.tuple(one, one, fc.constantFrom('both', 'low', 'high')).map(([a, b, ends]) => ({
    ...(ends === 'high' ? {} : { low: Math.min(a, b) }),
    ...(ends === 'low' ? {} : { high: Math.max(a, b) }),
  }));
  return fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: range });
}

/** A clinic's own extras: scalars by URI. */
export const local = fc
  .array(fc.tuple(uri, fc.oneof(text, fc.constantFrom(...NUMBERS), fc.boolean())), {
    minLength: 1,
    maxLength: 3,
  })
  .map((pairs) => Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))));
