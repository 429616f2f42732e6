import type { Muscle } from '../../ims/codes/muscles.ts';
import { type NeedledSite, performedSession } from '../session-state.ts';
import type { ProcessRule } from './process-rule.ts';

/** Long muscles of the back: over the thorax unless their segments say otherwise. */
const ALONG_SPINE: readonly Muscle[] = [
  ...(['erector-spinae', 'iliocostalis', 'longissimus', 'spinalis', 'multifidus'] as const),
  ...(['rotatores', 'back-muscle', 'splenius-of-trunk'] as const),
];

/** Rule 6: whoever is needled over the thorax is told the signs of a pneumothorax. */
export const pneumothoraxIsWarned: ProcessRule = {
  code: 'rule-6',
  trigger: 'a site over the thorax was needled and no warning of pneumothorax is charted',
  source:
    'HQCA 2014, Alberta physiotherapy college, a clinic consent form (near the chest wall); which muscles is a setting',
  check: (record, { policy }) => {
    const session = performedSession(record);
    const isOver = (site: NeedledSite) => isOverThorax(site, policy.thoraxMuscles);
    if (!session?.sites?.some(isOver)) return [];
    const given = [session, record.assessment].some(
      (part) =>
        part?.warnings?.includes('warn-pneumothorax') || part?.asWritten?.warnings !== undefined,
    );
    const message = 'holds no warning of a pneumothorax, though needles were over the thorax';
    return given ? [] : [{ path: ['session', 'warnings'], message, isMissing: true }];
  },
};

function isOverThorax({ muscle, segments }: NeedledSite, listed: readonly Muscle[]): boolean {
  if (muscle === undefined) return false;
  if (listed.includes(muscle)) return true;
  if (!ALONG_SPINE.includes(muscle)) return false;
  return segments === undefined || segments.some((segment) => segment.startsWith('segment-t'));
}
