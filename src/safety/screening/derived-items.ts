// Screening items that are derived from the record and not asked of the patient: C35 from the age,
// C46 and C63 from the planned or needled sites.
import type { Answer } from '../../ims/codes/general.ts';
import type { Finding, FindingClass } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { isMinor } from '../age.ts';
import { isUnsure, type ScreeningRule } from './item-rule.ts';

/** C35: needling a child needs a decision at any age. Unknown where the age is unknown. */
const child: ScreeningRule = {
  item: 'C35',
  member: 'child',
  isSiteOnly: false,
  answer: (record, policy) => {
    const minor = isMinor(record, policy);
    return minor === undefined ? 'unknown' : minor ? 'yes' : 'no';
  },
  evaluate: (record, policy) => {
    if (isMinor(record, policy) !== true) return [];
    const source =
      'BC clinic IMS page, FAQ: no age limit, if they understand; physioman.in list: relative';
    return [{ item: 'C35', member: 'child', class: 'ask', scope: 'session', source }];
  },
};

/** C46: a vital structure in reach of the needle: avoid the site, or use another technique. */
const highRiskAnatomy = siteRule({
  item: 'C46',
  member: 'highRiskAnatomy',
  scope: 'site',
  classOfYes: 'relative',
  source: 'gsbvk.com, HQCA 2014: avoid or modify',
});

/** C63: a current that would cross a vital region is an absolute contraindication to it. */
const currentPath = siteRule({
  item: 'C63',
  member: 'currentPath',
  scope: 'current',
  classOfYes: 'absolute',
  source: 'acupuntura.com electro-acupuncture table, Enraf-Nonius NMES instructions: avoid',
});

/** The rules of all items in this file. */
export const derivedItems: readonly ScreeningRule[] = [child, highRiskAnatomy, currentPath];

interface SiteItem extends Pick<Finding, 'item' | 'scope' | 'source'> {
  readonly member: 'highRiskAnatomy' | 'currentPath';
  readonly classOfYes: FindingClass;
}

/** At most one finding per class, with the sites it is about; the stricter class first. */
function siteRule({ item, member, scope, classOfYes, source }: SiteItem): ScreeningRule {
  const answers = ({ session }: ImsRecord) =>
    (session?.sites ?? []).map((site) => ({ key: site.key, answer: site[member]?.answer }));
  const findings = (
    record: ImsRecord,
    findingClass: FindingClass,
    counts: (answer?: Answer) => boolean,
  ): Finding[] => {
    const siteKeys = answers(record).flatMap(({ key, answer }) => (counts(answer) ? [key] : []));
    if (siteKeys.length === 0) return [];
    return [{ item, member, class: findingClass, scope, siteKeys, source }];
  };
  return {
    item,
    member,
    isSiteOnly: true,
    answer: (record) => strictestAnswer(answers(record).map(({ answer }) => answer)),
    evaluate: (record) => [
      ...findings(record, classOfYes, (answer) => answer === 'yes'),
      ...findings(record, 'ask', isUnsure),
    ],
  };
}

function strictestAnswer(answers: readonly (Answer | undefined)[]): Answer | undefined {
  return answers.find((answer) => answer === 'yes') ?? answers.find(isUnsure) ?? answers[0];
}
