// Signs found at one muscle or region (dictionary rows A23, A26-A29, A32-A38, A46).
import type { Names } from '../../chart/names.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { draftsOf } from './drafts.ts';
import type { ObservationDraft } from './observation.ts';
import { questionsOf } from './questions.ts';

type ExaminedSite = NonNullable<NonNullable<ImsRecord['assessment']>['sites']>[number];

/** Questions about an examined site. */
export const SITE_QUESTIONS = questionsOf(definition.members.sites.of, [
  {
    part: 'tender',
    code: 'tenderness',
    member: 'tenderness.grade',
    details: { motorPoint: 'motor-point' },
    qualifiers: { tissue: 'tissue' },
  },
  {
    part: 'trigger',
    code: 'trigger-point',
    member: 'triggerPoint.present',
    details: {
      state: 'trigger-point-state',
      reproduces: 'pain-reproduced',
      refersTo: 'refers-to',
    },
  },
  { part: 'band', code: 'taut-band', member: 'tautBand.grade' },
  { part: 'short', code: 'muscle-shortening', member: 'shortening.grade' },
  { part: 'contract', code: 'muscle-contracture', member: 'shortening.contracture' },
  { part: 'tone', code: 'hypertonic-muscle', member: 'tone.hypertonic' },
  { part: 'spasm', code: 'muscle-spasm', member: 'tone.spasm' },
  { part: 'guarding', code: 'muscle-guarding', member: 'tone.guarding' },
  {
    part: 'temp',
    code: 'temp-asymmetry',
    member: 'temperature.against',
    fallback: 'differenceK',
    details: {
      differenceK: 'temp-difference',
      affectedC: 'skin-temperature',
      otherC: 'skin-temperature-other',
    },
  },
  { part: 'hair', code: 'localized-hair-loss', member: 'hairLoss' },
  { part: 'match', code: 'matchstick-test', member: 'matchstick' },
  { part: 'skinroll', code: 'skin-roll-test', member: 'skinRoll.thick' },
  { part: 'orange', code: 'orange-peel', member: 'skinRoll.orangePeel' },
  { part: 'sweat', code: 'excess-sweating', member: 'sweating' },
  { part: 'goose', code: 'goosebumps', member: 'goosebumps' },
  { part: 'nails', code: 'brittle-nails', member: 'trophic.brittleNails' },
  { part: 'skin', code: 'abnormal-skin', member: 'trophic.abnormalSkin' },
  {
    part: 'tendon',
    code: 'tendon-tenderness',
    member: 'tendon.tenderness',
    qualifiers: { structure: 'tendon-structure' },
  },
  {
    part: 'thick',
    code: 'tendon-thickening',
    member: 'tendon.thickening',
    qualifiers: { structure: 'tendon-structure' },
  },
]);

/** Observations of an examined site, one per sign. */
export function siteSignDrafts(site: ExaminedSite, keyNames: Names): ObservationDraft[] {
  const { key } = site;
  return draftsOf(SITE_QUESTIONS, site, {
    key,
    keyNames,
    profile: 'ims-sign',
    category: 'exam',
    site,
  });
}
