// Values that cannot both be so. Both are kept as charted.
import type { NumberValue } from '../../ims/schema/members.ts';
import { bounds } from '../session-state.ts';
import type { ProcessRule, Violation } from './process-rule.ts';

const source = 'our reading: what cannot both be so';

/** Rule 10: damage going on and none, in one complaint. The charted mechanism stays as it is. */
export const damageAgrees: ProcessRule = {
  code: 'rule-10',
  trigger: 'one complaint has both ongoing tissue damage and pain without it',
  source: 'Pleasantview Physio IMS page on both; that they exclude each other is our reading',
  check: ({ episode }) =>
    (episode?.complaints ?? []).flatMap(({ tissueDamage, painWithoutDamage }, index) => {
      if (tissueDamage?.answer !== 'yes' || painWithoutDamage?.answer !== 'yes') return [];
      const path = ['episode', 'complaints', index, 'painWithoutDamage', 'answer'];
      return [{ path, message: 'is "yes" beside ongoing tissue damage' }];
    }),
};

/** Rule 14: what is injected is not dry needling. */
export const nothingInjected: ProcessRule = {
  code: 'rule-14',
  trigger: 'a substance was injected',
  source: 'Pleasantview Physio and Therapy & Rehab Clinic IMS pages: nothing is injected',
  finding: 'A substance was injected, so this was another procedure.',
  check: ({ session }) => {
    if (session?.substanceInjected !== 'yes') return [];
    return [{ path: ['session', 'substanceInjected'], message: 'is not this procedure' }];
  },
};

/** Rule 17, depth: no needle reaches deeper than it is long. */
export const depthIsReachable: ProcessRule = {
  code: 'rule-17',
  trigger: 'a depth is greater than the longest needle of its site',
  source,
  check: ({ session }) =>
    (session?.sites ?? []).flatMap(({ depth, needles = [] }, index): Violation[] => {
      const lengths = needles.flatMap(({ lengthMm }) => (lengthMm === undefined ? [] : [lengthMm]));
      // A needle of unknown length may be the longest.
      if (depth?.depthMm === undefined || lengths.length < Math.max(1, needles.length)) return [];
      const longest = Math.max(...lengths.map((length) => bounds(length)[1]));
      if (bounds(depth.depthMm)[0] <= longest) return [];
      const path = ['session', 'sites', index, 'depth', 'depthMm'];
      return [{ path, message: 'is deeper than the longest needle of the site' }];
    }),
};

/** Rule 17, skin temperature: its word against the sign of its difference, this side minus other. */
export const temperatureAgrees: ProcessRule = {
  code: 'rule-17',
  trigger: 'the word for a skin temperature disagrees with the sign of its difference',
  source,
  check: ({ assessment }) =>
    (assessment?.sites ?? []).flatMap(({ temperature }, index) => {
      const { against, differenceK } = temperature ?? {};
      if (differenceK === undefined || !isAgainstSign(against, differenceK)) return [];
      const path = ['assessment', 'sites', index, 'temperature', 'differenceK'];
      return [{ path, message: 'has the other sign than its word' }];
    }),
};

function isAgainstSign(word: string | undefined, difference: NumberValue): boolean {
  const [low, high] = bounds(difference);
  return (word === 'colder' && low > 0) || (word === 'warmer' && high < 0);
}

/** Rule 22: a red flag asks whether this is an emergency, and never answers it. */
export const redFlagAsks: ProcessRule = {
  code: 'rule-22',
  trigger: 'a red flag is charted while the question of an emergency (C22) is open',
  source: 'our reading: a red flag asks for the question of a medical emergency',
  check: ({ assessment, screening }) => {
    const isRaised = assessment?.redFlags?.some(({ answer }) => answer === 'yes') ?? false;
    const answer = screening?.emergency?.answer;
    if (!isRaised || (answer !== undefined && answer !== 'not-asked')) return [];
    const path = ['screening', 'emergency', 'answer'];
    return [{ path, message: 'is open beside a red flag', isMissing: true }];
  },
};
