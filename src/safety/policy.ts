// What a clinic or its jurisdiction may set of the rules. Every default is harmless: nobody is
// refused, and a rule that nothing is set for tells nothing.
import type { Muscle } from '../ims/muscles.ts';

/** The settings of the rules. */
export interface Policy {
  /** Age at which a patient is no child any more, in whole years. */
  readonly majorityYears: number;
  /** Muscles over the chest wall or the apex of the lung, wherever along them the needle is. */
  readonly thoraxMuscles: readonly Muscle[];
}

/** The rules as they are without any setting. */
export const DEFAULT_POLICY: Policy = {
  // The age of majority of most of Canada's provinces; a default of ours.
  majorityYears: 18,
  // No source lists the muscles over the thorax; this list is ours.
  thoraxMuscles: [
    ...(['trapezius', 'trapezius-upper', 'trapezius-middle', 'trapezius-lower'] as const),
    ...(['levator-scapulae', 'rhomboids', 'rhomboid-major', 'rhomboid-minor'] as const),
    ...(['rhomboideus-cervicis', 'latissimus-dorsi', 'serratus-anterior'] as const),
    ...(['pectoralis-major', 'pectoralis-major-clavicular', 'pectoralis-minor'] as const),
    ...(['external-intercostal', 'internal-intercostal', 'subcostal', 'levator-costae'] as const),
    ...(['chest-wall-muscle', 'thoracic-paraspinal-muscles', 'interspinalis-thoracis'] as const),
    ...(['scalenes', 'scalenus-anterior', 'scalenus-medius', 'scalenus-posterior'] as const),
    ...(['supraspinatus', 'infraspinatus', 'subscapularis'] as const),
  ],
};
