// The safety blocks at the top of every chart and narrative: contraindications, red flags answered
// yes, and violations of process rules, always in this order.
import type { RuleResults, RuleViolation } from '../ims/records/findings.ts';
import { assessment } from '../ims/schema/assessment.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { renderFindings } from './findings.ts';
import { itemName, type Names, namesOf } from './names.ts';
import type { Block } from './narrative.ts';
import { isScreeningUnknown } from './notices.ts';
import { renderObject } from './render-object.ts';
import { joinEntries } from './values.ts';

const { redFlags } = assessment.members;
const RED_FLAGS = { redFlags };

/** The three safety blocks; a block without entries has no lines and is not shown. */
export function safetyBlocks(record: ImsRecord, { findings, violations }: RuleResults): Block[] {
  const lines = renderFindings(findings, record);
  return [
    {
      heading: 'Contraindications and precautions',
      lines: lines.length > 0 ? lines : renderNoFindings(record),
    },
    { heading: 'Red flags answered yes', lines: renderRedFlags(record) },
    {
      heading: 'Findings on how the session was performed',
      lines: violations.map((violation) => renderViolation(violation, namesOf(record))),
    },
  ];
}

/** The red flags that were answered yes, each with its site and date. */
export function renderRedFlags(record: ImsRecord): string[] {
  const answeredYes = (record.assessment?.redFlags ?? []).filter(({ answer }) => answer === 'yes');
  return answeredYes.length === 0
    ? []
    : renderObject({ redFlags: answeredYes }, RED_FLAGS, namesOf(record));
}

/** The message of a rule violation with its sites: "… Sites: left multifidus, right multifidus." */
export function renderViolation({ message, siteKeys }: RuleViolation, names: Names): string {
  if (siteKeys.length === 0) return message;
  const sites = siteKeys.map((key) => itemName(key, names));
  return `${message} Sites: ${joinEntries(sites)}.`;
}

/** Why the record has no finding. Never just "none", which could be read as "no contraindication". */
function renderNoFindings(record: ImsRecord): string[] {
  const { session, screening } = record;
  if (screening !== undefined) {
    return ['No finding in the answers of this screening; see the screening for what was asked'];
  }
  if (session === undefined) return isScreeningUnknown(record) ? ['Unknown.'] : [];
  switch (session.screening?.basis) {
    case 'other-record':
      return [`Screened in another record: ${session.screening.recordId ?? 'record not named'}`];
    case 'screening-not-documented':
      return ['SCREENING NOT DOCUMENTED'];
    default:
      return ['It is not recorded which screening the session relies on'];
  }
}
