import { describe, expect, it } from 'vitest';
import { itemFindings } from '../screened.ts';

describe('the details of a yes decide its class', () => {
  it.each<[item: string, member: string, details: Record<string, unknown>, expected?: string]>([
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
  ])('%s %s %j: %s', (item, member, details, expected) => {
    const lines = expected === undefined ? [] : [`${item} ${expected} session`];
    expect(itemFindings(member, { answer: 'yes', ...details })).toEqual(lines);
  });

  it.each<[member: string, details: Record<string, unknown>, expected: string[]]>([
    ['lymphoedema', { swelling: 'yes' }, ['C23 absolute site']],
    ['lymphoedema', { swelling: 'no', nodesRemoved: 'yes' }, ['C23 ask site']],
    ['lymphoedema', { swelling: 'unknown' }, ['C23 absolute site']],
    ['infection', { extent: 'infection-local', fever: 'no' }, ['C25 absolute site']],
    [
      'infection',
      { extent: 'infection-local', fever: 'yes' },
      ['C25 absolute session', 'C25 absolute site'],
    ],
    ['infection', { extent: 'infection-local' }, ['C25 ask session', 'C25 absolute site']],
    [
      'infection',
      { extent: 'infection-local', fever: 'declined' },
      ['C25 ask session', 'C25 absolute site'],
    ],
    ['infection', { extent: 'infection-systemic', fever: 'no' }, ['C25 absolute session']],
    ['infection', { extent: 'unknown', fever: 'no' }, ['C25 absolute session']],
    ['bleeding', { kind: 'haemophilia' }, ['C26 absolute session']],
    ['bleeding', { kind: 'thrombocytopenia', severity: 'severe' }, ['C26 relative session']],
    ['bleeding', { severity: 'unknown' }, ['C26 relative session']],
    [
      'anticoagulation',
      { notCompressible: ['b'] },
      ['C27 relative session', 'C27 absolute site b'],
    ],
    [
      'anticoagulation',
      { absent: { notCompressible: 'unknown' } },
      ['C27 relative session', 'C27 ask site'],
    ],
    ['epilepsy', { control: 'well-controlled' }, ['C32 relative session']],
    ['epilepsy', { control: 'uncontrolled' }, ['C32 relative session', 'C32 absolute current']],
    ['epilepsy', { control: 'unknown' }, ['C32 relative session', 'C32 ask current']],
    ['heartValve', { new: 'yes' }, ['C39 absolute session']],
    ['heartValve', { new: 'unknown' }, ['C39 ask session']],
    ['diabetes', { control: 'well-controlled' }, ['C30 relative session']],
  ])('%s %j', (member, details, expected) => {
    expect(itemFindings(member, { answer: 'yes', ...details })).toEqual(expected);
  });

  it('a sub-question overrides the answer of its item', () => {
    expect(itemFindings('immunity', { answer: 'no', bloodBorne: 'yes' })).toEqual([
      'C29 relative session',
    ]);
    expect(itemFindings('immunity', { answer: 'no', bloodBorne: 'declined' })).toEqual([
      'C29 ask session',
    ]);
    expect(itemFindings('immunity', { answer: 'no', bloodBorne: 'no' })).toEqual([]);
    expect(itemFindings('immunity', { answer: 'not-asked', bloodBorne: 'yes' })).toEqual([]);
  });
});
