// C46 and C63: attributes of a planned or needled site, no question to the patient.
import type { Answer } from '../../ims/codes/general.ts';
import type { Finding, FindingClass } from '../../ims/records/findings.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { isUnsure, type Rule } from './item-rule.ts';

interface SiteRule extends Pick<Finding, 'item' | 'scope' | 'source'> {
  readonly member: 'highRiskAnatomy' | 'currentPath';
  readonly yes: FindingClass;
}

/** C46: a vital structure in reach: avoid the site, or another technique. */
export const highRiskAnatomy = siteRule({
  item: 'C46',
  member: 'highRiskAnatomy',
  scope: 'site',
  yes: 'relative',
  source: 'gsbvk.com, HQCA 2014: avoid or modify',
});

/** C63: a current that would cross a vital region bars that placement. */
export const currentPath = siteRule({
  item: 'C63',
  member: 'currentPath',
  scope: 'current',
  yes: 'absolute',
  source: 'acupuntura.com electro-acupuncture table, Enraf-Nonius NMES instructions: avoid',
});

/** One finding a class, with the sites it is about; the strictest first. */
function siteRule({ item, member, scope, yes, source }: SiteRule): Rule {
  const answers = ({ session }: ImsRecord) =>
    (session?.sites ?? []).map((site) => ({ key: site.key, answer: site[member]?.answer }));
  const found = (record: ImsRecord, strength: FindingClass, test: (answer?: Answer) => boolean) => {
    const siteKeys = answers(record).flatMap(({ key, answer }) => (test(answer) ? [key] : []));
    return siteKeys.length === 0
      ? []
      : [{ item, member, class: strength, scope, siteKeys, source }];
  };
  return {
    item,
    member,
    isOfSites: true,
    answer: (record) => strictest(answers(record).map(({ answer }) => answer)),
    evaluate: (record) => [
      ...found(record, yes, (answer) => answer === 'yes'),
      ...found(record, 'ask', isUnsure),
    ],
  };
}

function strictest(given: readonly (Answer | undefined)[]): Answer | undefined {
  return given.find((answer) => answer === 'yes') ?? given.find(isUnsure) ?? given[0];
}
