// A47, A48: tests that only their name tells apart, and red flags.
import type { Names } from '../../chart/names.ts';
import { lowerFirst, renderCode } from '../../chart/values.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { coding } from '../../terminology/codes.ts';
import { findingCoding } from '../../terminology/concepts.ts';
import { component } from './components.ts';
import type { ObservationDraft } from './observation.ts';
import { draftsOf, itemQuestionsOf } from './rows.ts';
import { inWords } from './scores.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type Test = NonNullable<Assessment['tests']>[number];
type RedFlag = NonNullable<Assessment['redFlags']>[number];

const TEST = itemQuestionsOf(definition.members.tests.of, [
  {
    part: 'test',
    code: 'special-test',
    member: 'result',
    instead: 'value',
    beside: { value: 'test-value', painful: 'pain-on-test' },
    about: { side: 'site-side', moment: 'moment' },
  },
]);

const RED_FLAG = itemQuestionsOf(definition.members.redFlags.of, [
  { part: 'redflag', code: 'red-flag', member: 'answer', about: { onset: 'onset' } },
]);

/** Special and functional tests, each under the name that the chart gives it. */
export function specialTestDrafts(
  { key, site, side, ...one }: Test,
  names: Names,
): ObservationDraft[] {
  const name = one.test ?? one.asWritten?.test ?? renderCode('special-test');
  const place =
    site === undefined ? undefined : { ...(side === undefined ? {} : { side }), ...site };
  return draftsOf(
    TEST,
    { key, ...(place === undefined ? { side } : {}), ...one },
    {
      key,
      names,
      profile: 'ims-special-test',
      category: 'exam',
      label: name,
      said: ['test'],
      code: { coding: [coding('special-test')], text: name },
      ...(place === undefined ? {} : { place }),
    },
  );
}

/**
 * A red flag as it was asked. The code is the question: the finding stands beside a yes only, so that
 * a list of codes turns no "no" into an illness.
 */
export function redFlagDrafts(one: RedFlag, names: Names): ObservationDraft[] {
  const { key, flag, site, answer } = one;
  const isNamed = flag !== undefined && flag !== 'other';
  const { text = '' } = isNamed ? { text: renderCode(flag) } : inWords('red-flag', one, 'flag');
  const found = answer === 'yes' && isNamed ? findingCoding(flag) : undefined;
  return draftsOf(
    RED_FLAG,
    { ...one },
    {
      key,
      names,
      profile: 'ims-red-flag',
      category: 'survey',
      label: `Red flag, ${lowerFirst(text)}`,
      said: ['flag', 'site'],
      code: {
        coding: [coding('red-flag'), ...(isNamed ? [coding(flag)] : [])],
        text: `Red flag: ${lowerFirst(text)}`,
      },
      ...(found === undefined
        ? {}
        : { components: [component('finding', { valueCodeableConcept: { coding: [found] } })] }),
      ...(site === undefined ? {} : { place: site }),
    },
  );
}
