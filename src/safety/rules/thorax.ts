import type { muscles } from '../../ims/muscles.ts';
import type { ProcessRule } from '../process-rule.ts';
import { type NeedledSite, performedSession } from '../session-state.ts';

type Muscle = (typeof muscles.codes)[number];

// Which muscles lie over the thorax or the apex of the lung is our list; no source gives one.
const OVER_THORAX: readonly Muscle[] = [
  ...(['trapezius', 'trapezius-upper', 'trapezius-middle', 'trapezius-lower'] as const),
  ...(['levator-scapulae', 'rhomboids', 'rhomboid-major', 'rhomboid-minor'] as const),
  ...(['rhomboideus-cervicis', 'latissimus-dorsi', 'serratus-anterior'] as const),
  ...(['pectoralis-major', 'pectoralis-major-clavicular', 'pectoralis-minor'] as const),
  ...(['external-intercostal', 'internal-intercostal', 'subcostal', 'levator-costae'] as const),
  ...(['chest-wall-muscle', 'thoracic-paraspinal-muscles', 'interspinalis-thoracis'] as const),
  ...(['scalenes', 'scalenus-anterior', 'scalenus-medius', 'scalenus-posterior'] as const),
  ...(['supraspinatus', 'infraspinatus', 'subscapularis'] as const),
];

/** Long muscles of the back: over the thorax unless their segments say otherwise. */
const ALONG_SPINE: readonly Muscle[] = [
  ...(['erector-spinae', 'iliocostalis', 'longissimus', 'spinalis', 'multifidus'] as const),
  ...(['rotatores', 'back-muscle', 'splenius-of-trunk'] as const),
];

/** Rule 6: whoever is needled over the thorax is told the signs of a pneumothorax. */
export const pneumothoraxIsWarned: ProcessRule = {
  code: 'rule-6',
  source:
    'HQCA 2014, Alberta physiotherapy college, a clinic consent form (near the chest wall); the list of muscles is ours',
  check: (record) => {
    const session = performedSession(record);
    if (!session?.sites?.some(isOverThorax)) return [];
    const given = [session, record.assessment].some(
      (part) =>
        part?.warnings?.includes('warn-pneumothorax') || part?.asWritten?.warnings !== undefined,
    );
    const message = 'holds no warning of a pneumothorax, though needles were over the thorax';
    return given ? [] : [{ path: ['session', 'warnings'], message, isMissing: true }];
  },
};

function isOverThorax({ muscle, segments }: NeedledSite): boolean {
  if (muscle === undefined) return false;
  if (OVER_THORAX.includes(muscle)) return true;
  if (!ALONG_SPINE.includes(muscle)) return false;
  return segments === undefined || segments.some((segment) => segment.startsWith('segment-t'));
}
