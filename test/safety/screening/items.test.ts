import { describe, expect, it } from 'vitest';
import { answers } from '../../../src/ims/codes/general.ts';
import { itemFindings } from '../screened.ts';

/** Item, member, the findings of a "yes" without details, every scope of the item. */
const rows: readonly [string, string, string[], string[]][] = [
  ['C01', 'cancer', ['ask session'], ['session']],
  ['C02', 'needleFear', ['ask session'], ['session']],
  ['C03', 'understanding', ['ask session'], ['session']],
  ['C04', 'pregnancy', ['absolute session'], ['session']],
  ['C05', 'autoimmune', ['ask session'], ['session']],
  ['C06', 'boneLoss', ['ask session'], ['session']],
  ['C20', 'refusal', ['absolute session'], ['session']],
  ['C21', 'communication', ['absolute session'], ['session']],
  ['C22', 'emergency', ['absolute session'], ['session']],
  ['C23', 'lymphoedema', ['absolute site'], ['site']],
  ['C24', 'skin', ['absolute site'], ['site']],
  ['C25', 'infection', ['absolute session'], ['session', 'site']],
  ['C26', 'bleeding', ['relative session'], ['session']],
  ['C27', 'anticoagulation', ['relative session'], ['session', 'site']],
  ['C28', 'bruising', ['ask session'], ['session']],
  ['C29', 'immunity', ['relative session'], ['session']],
  ['C30', 'diabetes', ['relative session'], ['session']],
  ['C31', 'vascular', ['relative site'], ['site']],
  ['C32', 'epilepsy', ['relative session', 'ask current'], ['session', 'current']],
  ['C33', 'frailty', ['relative session'], ['session']],
  ['C34', 'psychological', ['relative session'], ['session']],
  ['C36', 'allergy', ['relative session'], ['session']],
  ['C37', 'joint', ['relative site'], ['site']],
  ['C38', 'implant', ['ask site'], ['site']],
  ['C39', 'heartValve', ['ask session'], ['session']],
  ['C40', 'heart', ['ask session'], ['session']],
  ['C41', 'radiotherapy', ['ask session'], ['session']],
  ['C42', 'neuropathy', ['ask session'], ['session']],
  ['C43', 'priorReaction', ['ask session'], ['session']],
  ['C44', 'bone', ['ask site'], ['site']],
  ['C45', 'chest', ['relative site'], ['site']],
  ['C47', 'unfit', ['ask session'], ['session']],
  ['C60', 'pacemaker', ['absolute current', 'ask session'], ['current', 'session']],
  ['C61', 'defibrillator', ['absolute current'], ['current']],
  ['C62', 'activeImplant', ['absolute current'], ['current']],
  ['C64', 'metal', ['relative current'], ['current']],
  ['C65', 'thrombosis', ['absolute current', 'ask site'], ['current', 'site']],
];

describe('a screening item', () => {
  it.each(rows)('%s %s has no finding for an answer in words alone', (_item, member) => {
    expect(itemFindings(member, { asWritten: { answer: 'peut-être' } })).toEqual([]);
  });

  it.each(rows)(
    '%s %s has findings for a yes, and asks for unknown and declined',
    (item, member, yes, scopes) => {
      const ofItem = (lines: readonly string[]) => lines.map((line) => `${item} ${line}`);
      const byAnswer = answers.codes.map((answer) => [
        answer,
        itemFindings(member, { answer, rationale: 'said' }),
      ]);
      const ask = ofItem(scopes.map((scope) => `ask ${scope}`));
      expect(Object.fromEntries(byAnswer)).toEqual({
        yes: ofItem(yes),
        no: [],
        unknown: ask,
        'not-asked': [],
        declined: ask,
        'not-applicable': [],
      });
    },
  );

  it.each(rows.filter(([, , , scopes]) => scopes.includes('site')))(
    '%s %s names the sites it applies to in findings about sites alone',
    (_item, member) => {
      for (const line of itemFindings(member, { answer: 'unknown', appliesTo: ['b'] })) {
        expect(line.endsWith('site b')).toBe(line.includes(' site'));
      }
    },
  );
});
