// Rule 4: electrical stimulation requires answers to certain screening items, and no contraindication.
import type { ImsRecord } from '../../ims/schema/record.ts';
import { screeningRules } from '../screening/evaluate.ts';
import {
  isScreenedElsewhere,
  plannedOrPerformedSession,
  sitesWithCurrent,
} from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

// Items that decide on electrical stimulation. The list is our reading of the sources.
const REQUIRED_ITEMS = ['C01', 'C04', 'C32', 'C41', 'C60', 'C61', 'C62', 'C64', 'C65'];
const source =
  'acupuntura.com electro-acupuncture table, Enraf-Nonius NMES instructions; the list of items is our reading';

/** Rule 4, contraindications: no electrical stimulation where an item excludes it. */
export const currentIsAllowed: ProcessRule = {
  code: 'rule-4',
  trigger:
    'electrical stimulation is planned or was used despite an absolute contraindication to it',
  source,
  findingText:
    'Electrical stimulation is planned or was used despite an absolute contraindication to it.',
  check: (record, { findings }) => {
    const withCurrent = recordedSitesWithCurrent(record);
    if (withCurrent === undefined) return [];
    const message = 'is an absolute contraindication to the electrical stimulation of this session';
    return findings.flatMap(({ class: findingClass, scope, member, siteKeys }) => {
      if (findingClass !== 'absolute' || scope !== 'current') return [];
      if (siteKeys === undefined) return [{ path: ['screening', member], message }];
      const reached = siteKeys.filter((key) => withCurrent.has(key));
      return pathsOfSites(record, reached).map((path) => ({ path: [...path, member], message }));
    });
  },
};

/** Rule 4, questions: the items that decide on electrical stimulation have a definite answer. */
export const currentIsScreened: ProcessRule = {
  code: 'rule-4-unanswered',
  trigger: `electrical stimulation is planned or was used while ${REQUIRED_ITEMS.join(', ')} or C63 of a stimulated site has no definite answer`,
  source,
  check: (record, { policy }): Violation[] => {
    const withCurrent = recordedSitesWithCurrent(record);
    if (withCurrent === undefined) return [];
    const open = screeningRules.filter(
      (rule) =>
        REQUIRED_ITEMS.includes(rule.item) &&
        !isSettled(record, rule.item, rule.answer(record, policy)),
    );
    const items = open.map(({ item }) => item).join(', ');
    const message = `must answer the items that decide on electrical stimulation: ${items}`;
    const missing = open.length === 0 ? [] : [{ path: ['screening'], message, isMissing: true }];
    return [...missing, ...unansweredPaths(record, withCurrent)];
  },
};

/** Stimulated sites at which C63 has no definite answer. */
function unansweredPaths(record: ImsRecord, withCurrent: ReadonlySet<string>): Violation[] {
  const open = (record.session?.sites ?? []).filter(
    ({ key, currentPath }) => withCurrent.has(key) && !isDefinite(currentPath?.answer),
  );
  const message = 'must say whether the current would cross a vital region';
  const siteKeys = open.map(({ key }) => key);
  return pathsOfSites(record, siteKeys).map((path) => ({
    path: [...path, 'currentPath', 'answer'],
    message,
    isMissing: true,
  }));
}

function recordedSitesWithCurrent(record: ImsRecord): ReadonlySet<string> | undefined {
  const session = plannedOrPerformedSession(record);
  return session && sitesWithCurrent(session);
}

function isSettled(record: ImsRecord, item: string, answer: string | undefined): boolean {
  const wasAsked = answer !== undefined && answer !== 'not-asked';
  return isDefinite(answer) || (!wasAsked && isScreenedElsewhere(record, item));
}

function isDefinite(answer: string | undefined): boolean {
  return answer === 'yes' || answer === 'no' || answer === 'not-applicable';
}

/** Paths of the sites of the session with these keys. */
function pathsOfSites({ session }: ImsRecord, siteKeys: readonly string[]) {
  return (session?.sites ?? []).flatMap(({ key }, index) =>
    siteKeys.includes(key) ? [['session', 'sites', index]] : [],
  );
}
