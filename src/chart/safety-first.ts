// What a clinician must know before reading on: what bars the needle, which red flags were answered
// yes, and what was found in how the session was carried out. In this order wherever it stands.

import type { Assessed, RuleViolation } from '../ims/records/findings.ts';
import { assessment } from '../ims/schema/assessment.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { renderFindings } from './findings.ts';
import { type Names, namesOf } from './names.ts';
import type { Block } from './narrative.ts';
import { isUnscreened } from './title.ts';
import { joined, lowerFirst } from './values.ts';
import { renderObject } from './words.ts';

const { redFlags } = assessment.members;
const RED_FLAGS = { redFlags };

/** Contraindications, red flags, findings; what a record has none of is left out. */
export function safetyFirst(record: ImsRecord, { findings, detected }: Assessed): Block[] {
  const found = renderFindings(findings, record);
  return [
    {
      heading: 'Contraindications and precautions',
      lines: found.length > 0 ? found : sayNothingFound(record),
    },
    { heading: 'Red flags answered yes', lines: renderRedFlags(record) },
    {
      heading: 'Findings on how it was done',
      lines: detected.map((one) => renderViolations(one, namesOf(record))),
    },
  ];
}

/** The red flags that were answered yes, each with where and since when. */
export function renderRedFlags(record: ImsRecord): string[] {
  const present = (record.assessment?.redFlags ?? []).filter(({ answer }) => answer === 'yes');
  return present.length === 0
    ? []
    : renderObject({ redFlags: present }, RED_FLAGS, namesOf(record));
}

/** "Needles are not accounted for (left multifidus, right multifidus).", without values of its own. */
export function renderViolations({ message, siteKeys }: RuleViolation, { items }: Names): string {
  if (siteKeys.length === 0) return message;
  const places = siteKeys.map((key) => lowerFirst(items.get(key) ?? key));
  return `${message} Sites: ${joined(places)}.`;
}

/** Where to look for contraindications when this record has none to show; never "none". */
function sayNothingFound(record: ImsRecord): string[] {
  const { session, screening } = record;
  if (screening !== undefined) {
    return ['No finding among the answers of this screening; see there what was asked'];
  }
  if (session === undefined) return isUnscreened(record) ? ['Not known.'] : [];
  switch (session.screening?.basis) {
    case 'other-record':
      return [`Screened in another record: ${session.screening.recordId ?? 'not named'}`];
    case 'screening-not-documented':
      return ['SCREENING NOT DOCUMENTED'];
    default:
      return ['Not said which screening the session rests on'];
  }
}
