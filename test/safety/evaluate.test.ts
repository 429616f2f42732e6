import { describe, expect, it } from 'vitest';
import { answers } from '../../src/ims/codes/general.ts';
import { evaluate, isS4ListClear } from '../../src/safety/screening/evaluate.ts';
import { operated, recordOf } from './record.ts';

/** Findings of one item as `row class scope`. */
function found(member: string, item: Readonly<Record<string, unknown>>): string[] {
  return evaluate(recordOf({ screening: { [member]: item } })).map(
    (finding) => `${finding.item} ${finding.class} ${finding.scope}`,
  );
}

describe('a yes with its details', () => {
  it.each<[row: string, member: string, details: Record<string, unknown>, strength?: string]>([
    ['C01', 'cancer', { status: 'cancer-active' }, 'absolute'],
    ['C01', 'cancer', { status: 'cancer-survivor' }, 'relative'],
    ['C01', 'cancer', { status: 'unknown' }, 'ask'],
    ['C01', 'cancer', {}, 'ask'],
    ['C02', 'needleFear', { severity: 'severe' }, 'absolute'],
    ['C02', 'needleFear', { severity: 'moderate' }],
    ['C02', 'needleFear', { severity: 'mild' }],
    ['C02', 'needleFear', { severity: 'unknown' }, 'ask'],
    ['C02', 'needleFear', {}, 'ask'],
    ['C03', 'understanding', { understandsWhatAndWhy: 'no' }, 'absolute'],
    ['C03', 'understanding', { understandsWhatAndWhy: 'yes' }, 'relative'],
    ['C03', 'understanding', { understandsWhatAndWhy: 'unknown' }, 'ask'],
    ['C03', 'understanding', {}, 'ask'],
    ['C04', 'pregnancy', { status: 'pregnant' }, 'absolute'],
    ['C04', 'pregnancy', {}, 'absolute'],
    ['C04', 'pregnancy', { status: 'unknown' }, 'absolute'],
    ['C04', 'pregnancy', { status: 'possible-pregnancy' }, 'ask'],
    ['C04', 'pregnancy', { status: 'not-pregnant' }, 'ask'],
    ['C05', 'autoimmune', { control: 'uncontrolled' }, 'absolute'],
    ['C05', 'autoimmune', { control: 'well-controlled' }],
    ['C05', 'autoimmune', { control: 'unknown' }, 'ask'],
    ['C05', 'autoimmune', {}, 'ask'],
    ['C06', 'boneLoss', { severity: 'very-severe' }, 'relative'],
    ['C06', 'boneLoss', { severity: 'mild', control: 'poorly-controlled' }, 'relative'],
    ['C06', 'boneLoss', { control: 'poorly-controlled' }, 'relative'],
    ['C06', 'boneLoss', { severity: 'mild' }],
    ['C06', 'boneLoss', { severity: 'moderate', control: 'unknown' }],
    ['C06', 'boneLoss', { severity: 'severe', control: 'well-controlled' }, 'ask'],
    ['C06', 'boneLoss', { severity: 'unknown' }, 'ask'],
    ['C06', 'boneLoss', { control: 'well-controlled' }, 'ask'],
    ['C06', 'boneLoss', {}, 'ask'],
  ])('%s %s %j: %s', (row, member, details, strength) => {
    const expected = strength === undefined ? [] : [`${row} ${strength} session`];
    expect(found(member, { answer: 'yes', ...details })).toEqual(expected);
  });
});

describe('another answer', () => {
  const session = ['cancer', 'needleFear', 'understanding', 'pregnancy', 'autoimmune', 'boneLoss'];

  it.each(session)(
    'of %s asks where it was put and left open, and finds nothing else',
    (member) => {
      const strengths = answers.codes.map((answer) => [
        answer,
        answer === 'yes'
          ? ''
          : found(member, { answer, rationale: 'said' })
              .map((one) => one.slice(4))
              .join(),
      ]);
      expect(Object.fromEntries(strengths)).toEqual({
        yes: '',
        no: '',
        unknown: 'ask session',
        'not-asked': '',
        declined: 'ask session',
        'not-applicable': '',
      });
    },
  );

  it('in words alone is no answer', () => {
    expect(found('cancer', { asWritten: { answer: 'oui' } })).toEqual([]);
  });

  it.each(['surgeryDirect', 'surgeryAdjacent'])('of %s is about sites', (member) => {
    const row = member === 'surgeryDirect' ? 'C07' : 'C08';
    expect(found(member, { answer: 'unknown' })).toEqual([`${row} ask site`]);
    expect(found(member, { answer: 'declined' })).toEqual([`${row} ask site`]);
    expect(found(member, { answer: 'yes' })).toEqual([`${row} ask site`]);
    expect(found(member, { answer: 'no' })).toEqual([]);
    expect(found(member, { answer: 'not-asked' })).toEqual([]);
  });
});

it('gives findings in the order of the rows, each with its source', () => {
  const findings = evaluate(
    recordOf({
      screening: {
        boneLoss: { answer: 'unknown' },
        pregnancy: { answer: 'yes', status: 'pregnant' },
        cancer: { answer: 'yes', status: 'cancer-survivor' },
      },
    }),
  );
  expect(findings.map(({ item }) => item)).toEqual(['C01', 'C04', 'C06']);
  expect(findings[1]).toEqual({
    item: 'C04',
    member: 'pregnancy',
    class: 'absolute',
    scope: 'session',
    source: expect.stringContaining('BC clinic IMS page'),
  });
});

it('finds nothing in a record without a screening', () => {
  expect(evaluate(recordOf({}))).toEqual([]);
});

describe('the S4 list', () => {
  const no = { answer: 'no' };
  const clear = {
    cancer: no,
    needleFear: no,
    understanding: no,
    pregnancy: no,
    autoimmune: no,
    boneLoss: no,
    surgeryDirect: no,
    surgeryAdjacent: no,
  };
  it.each<[what: string, changes: Record<string, unknown>, expected: boolean]>([
    ['all no', {}, true],
    ['not applicable', { pregnancy: { answer: 'not-applicable', rationale: 'male' } }, true],
    ['a yes that finds nothing', { needleFear: { answer: 'yes', severity: 'mild' } }, true],
    ['a yes that asks', { needleFear: { answer: 'yes' } }, false],
    ['a relative finding', { cancer: { answer: 'yes', status: 'cancer-survivor' } }, false],
    ['unknown', { cancer: { answer: 'unknown' } }, false],
    ['not asked', { cancer: { answer: 'not-asked' } }, false],
    ['declined', { cancer: { answer: 'declined' } }, false],
    ['an operation that keeps off a site', operated('2026-05-01', { a: 'direct' }), false],
    ['an operation long ago', operated('2001', { a: 'direct' }), true],
    ['an operation elsewhere', operated('2026-05-01', { a: 'remote' }), true],
  ])('with %s', (_what, changes, expected) => {
    const { surgeryDirect: _d, surgeryAdjacent: _a, ...rest } = clear;
    const listed = 'surgeries' in changes ? { ...rest, ...changes } : { ...clear, ...changes };
    expect(isS4ListClear(recordOf({ screening: listed, sites: ['a'] }))).toBe(expected);
  });

  it.each(Object.keys(clear))('is not clear while %s is missing', (member) => {
    const { [member]: _, ...rest } = clear as Record<string, unknown>;
    expect(isS4ListClear(recordOf({ screening: rest }))).toBe(false);
    expect(isS4ListClear(recordOf({ screening: clear }))).toBe(true);
  });
});
