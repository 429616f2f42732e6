// Rules on what was needled and how: into which structure (9), with its side (17), over the thorax (6),
// without an injection (14).
import type { Muscle } from '../../ims/codes/muscles.ts';
import { type NeedledSite, performedSession } from '../session-state.ts';
import type { ProcessRule } from './process-rule.ts';

/** Rule 9: only muscles are needled. */
export const targetIsMuscle: ProcessRule = {
  code: 'rule-9',
  trigger: 'a needled structure is not a listed muscle',
  source: 'SEMI Toronto IMS page (only into muscle)',
  check: ({ session }) =>
    (session?.sites ?? []).flatMap(({ muscle }, index) =>
      muscle === 'other'
        ? [{ path: ['session', 'sites', index, 'muscle'], message: 'must be a listed muscle' }]
        : [],
    ),
};

/** Rule 17, side: every listed muscle is paired, so each site has a side. */
export const siteHasSide: ProcessRule = {
  code: 'rule-17',
  trigger: 'a needled site has no side',
  source: 'our reading of the clinic pages, which treat one side or both',
  check: ({ session }) =>
    (session?.sites ?? []).flatMap(({ side, asWritten, absent }, index) => {
      const isStated = side !== undefined || asWritten?.side !== undefined;
      if (isStated || absent?.side !== undefined) return [];
      const path = ['session', 'sites', index, 'side'];
      return [{ path, message: 'is required: which side was needled?', isMissing: true }];
    }),
};

/** Long muscles of the back: over the thorax unless their segments say otherwise. */
const ALONG_SPINE: readonly Muscle[] = [
  ...(['erector-spinae', 'iliocostalis', 'longissimus', 'spinalis', 'multifidus'] as const),
  ...(['rotatores', 'back-muscle', 'splenius-of-trunk'] as const),
];

/** Rule 6: a patient needled over the thorax is warned of the signs of a pneumothorax. */
export const pneumothoraxIsExplained: ProcessRule = {
  code: 'rule-6',
  trigger: 'a site over the thorax was needled and no warning of pneumothorax is recorded',
  source:
    'HQCA 2014, Alberta physiotherapy college, a clinic consent form (near the chest wall); which muscles is a setting',
  check: (record, { policy }) => {
    const session = performedSession(record);
    if (!session?.sites?.some((site) => isOverThorax(site, policy.thoraxMuscles))) return [];
    const isWarned = [session, record.assessment].some(
      (part) =>
        part?.warnings?.includes('warn-pneumothorax') || part?.asWritten?.warnings !== undefined,
    );
    if (isWarned) return [];
    const message =
      'no warning of pneumothorax recorded, although a site over the thorax was needled';
    return [{ path: ['session', 'warnings'], message, isMissing: true }];
  },
};

function isOverThorax(
  { muscle, segments }: NeedledSite,
  thoraxMuscles: readonly Muscle[],
): boolean {
  if (muscle === undefined) return false;
  if (thoraxMuscles.includes(muscle)) return true;
  if (!ALONG_SPINE.includes(muscle)) return false;
  return segments === undefined || segments.some((segment) => segment.startsWith('segment-t'));
}

/** Rule 14: an injection is not dry needling. */
export const nothingIsInjected: ProcessRule = {
  code: 'rule-14',
  trigger: 'a substance was injected',
  source: 'Pleasantview Physio and Therapy & Rehab Clinic IMS pages: nothing is injected',
  findingText: 'A substance was injected, so this was a different procedure.',
  check: ({ session }) => {
    if (session?.substanceInjected !== 'yes') return [];
    const message = 'is "yes", but an injection is a different procedure';
    return [{ path: ['session', 'substanceInjected'], message }];
  },
};
