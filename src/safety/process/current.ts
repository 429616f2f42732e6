import type { ImsRecord } from '../../ims/schema/record.ts';
import { screeningRules } from '../screening/evaluate.ts';
import { isScreenedElsewhere, liveSession, sitesOfCurrent } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

// The list is our reading of the sources.
const ASKED = ['C01', 'C04', 'C32', 'C41', 'C60', 'C61', 'C62', 'C64', 'C65'];
const source =
  'acupuntura.com electro-acupuncture table, Enraf-Nonius NMES instructions; the list of items is our reading';

/** Rule 4: electrical stimulation where an item bars it. */
export const currentIsAllowed: ProcessRule = {
  code: 'rule-4',
  trigger: 'electrical stimulation is planned or was used where an item bars it',
  source,
  finding: 'Electrical stimulation is planned or was used although the screening bars it.',
  check: (record, { findings }) => {
    const reached = currentOf(record);
    if (reached === undefined) return [];
    const message = 'bars the electrical stimulation of this session';
    return findings.flatMap(({ class: strength, scope, member, siteKeys }) => {
      if (strength !== 'absolute' || scope !== 'current') return [];
      if (siteKeys === undefined) return [{ path: ['screening', member], message }];
      return pathsOfSites(
        record,
        siteKeys.filter((key) => reached.has(key)),
      ).map((path) => ({
        path: [...path, member],
        message,
      }));
    });
  },
};

/** Rule 4, the questions: those that decide over electrical stimulation are answered. */
export const currentIsScreened: ProcessRule = {
  code: 'rule-4-unanswered',
  trigger:
    'electrical stimulation is planned or was used while C01, C04, C32, C41, C60, C61, C62, C64, C65 or the C63 of its site is open',
  source,
  check: (record, { policy }): Violation[] => {
    const reached = currentOf(record);
    if (reached === undefined) return [];
    const open = screeningRules.filter(
      (rule) =>
        ASKED.includes(rule.item) && !isSettled(record, rule.item, rule.answer(record, policy)),
    );
    const rows = open.map(({ item }) => item).join(', ');
    const message = `leaves open what electrical stimulation asks for: ${rows}`;
    const items = open.length === 0 ? [] : [{ path: ['screening'], message, isMissing: true }];
    return [...items, ...openPaths(record, reached)];
  },
};

/** C63 at each site that the current reaches. */
function openPaths(record: ImsRecord, reached: ReadonlySet<string>): Violation[] {
  const open = (record.session?.sites ?? []).filter(
    ({ key, currentPath }) => reached.has(key) && !isAnswered(currentPath?.answer),
  );
  const message = 'leaves open whether the current would cross a vital region';
  const keys = open.map(({ key }) => key);
  return pathsOfSites(record, keys).map((path) => ({
    path: [...path, 'currentPath', 'answer'],
    message,
    isMissing: true,
  }));
}

function currentOf(record: ImsRecord): ReadonlySet<string> | undefined {
  const session = liveSession(record);
  return session && sitesOfCurrent(session);
}

function isSettled(record: ImsRecord, item: string, answer: string | undefined): boolean {
  const isPut = answer !== undefined && answer !== 'not-asked';
  return isAnswered(answer) || (!isPut && isScreenedElsewhere(record, item));
}

function isAnswered(answer: string | undefined): boolean {
  return answer === 'yes' || answer === 'no' || answer === 'not-applicable';
}

/** Pointers to the sites of the session with these keys. */
function pathsOfSites({ session }: ImsRecord, keys: readonly string[]) {
  return (session?.sites ?? []).flatMap(({ key }, index) =>
    keys.includes(key) ? [['session', 'sites', index]] : [],
  );
}
