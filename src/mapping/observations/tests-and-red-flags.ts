// Special tests, which are identified by name only, and red flags (dictionary rows A47, A48).
import type { Names } from '../../chart/names.ts';
import { lowerFirst, renderCode } from '../../chart/values.ts';
import { defined } from '../../defined.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { coding } from '../../terminology/codes.ts';
import { findingCoding } from '../../terminology/concepts.ts';
import { draftsOf, findingComponent } from './drafts.ts';
import { codeInChartWords, type ObservationDraft } from './observation.ts';
import { itemQuestionsOf } from './questions.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type SpecialTest = NonNullable<Assessment['tests']>[number];
type RedFlag = NonNullable<Assessment['redFlags']>[number];

const TEST = itemQuestionsOf(definition.members.tests.of, [
  {
    part: 'test',
    code: 'special-test',
    member: 'result',
    fallback: 'value',
    details: { value: 'test-value', painful: 'pain-on-test' },
    qualifiers: { side: 'site-side', moment: 'moment' },
  },
]);

const RED_FLAG = itemQuestionsOf(definition.members.redFlags.of, [
  { part: 'redflag', code: 'red-flag', member: 'answer', qualifiers: { onset: 'onset' } },
]);

/** Observations of special and functional tests, each under the name that the chart gives it. */
export function specialTestDrafts(
  { key, site, side, ...test }: SpecialTest,
  keyNames: Names,
): ObservationDraft[] {
  const name = test.test ?? test.asWritten?.test ?? renderCode('special-test');
  // With a site, the side is part of the body site; without one, it is a component.
  const testedSite = site === undefined ? undefined : { ...defined({ side }), ...site };
  return draftsOf(
    TEST,
    { key, ...(testedSite === undefined ? { side } : {}), ...test },
    {
      key,
      keyNames,
      profile: 'ims-special-test',
      category: 'exam',
      label: name,
      omittedMembers: ['test'],
      code: { coding: [coding('special-test')], text: name },
      ...(testedSite === undefined ? {} : { site: testedSite }),
    },
  );
}

/**
 * Observations of red flags. The code is the question asked; the finding is a component, only of a yes,
 * so that a list of codes cannot turn a "no" into a disorder.
 */
export function redFlagDrafts(redFlag: RedFlag, keyNames: Names): ObservationDraft[] {
  const { key, flag, site, answer } = redFlag;
  const isNamed = flag !== undefined && flag !== 'other';
  const text = isNamed
    ? renderCode(flag)
    : (codeInChartWords('red-flag', redFlag, 'flag').text ?? '');
  const finding = answer === 'yes' && isNamed ? findingCoding(flag) : undefined;
  return draftsOf(
    RED_FLAG,
    { ...redFlag },
    {
      key,
      keyNames,
      profile: 'ims-red-flag',
      category: 'survey',
      label: `Red flag, ${lowerFirst(text)}`,
      omittedMembers: ['flag', 'site'],
      code: {
        coding: [coding('red-flag'), ...(isNamed ? [coding(flag)] : [])],
        text: `Red flag: ${lowerFirst(text)}`,
      },
      ...(finding === undefined ? {} : { components: [findingComponent(finding)] }),
      ...(site === undefined ? {} : { site }),
    },
  );
}
