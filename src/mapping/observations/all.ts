// Observations of the assessment and of the response to needling, beside the response and the
// Procedure that stay the source of truth: for those who search, trend and read.
import { namesOf } from '../../chart/names.ts';
import type { Context, MappedResource } from '../context.ts';
import { assessmentReference } from '../resources/questionnaire-response.ts';
import { withBaselines } from './baseline.ts';
import { measureSigns } from './measurements.ts';
import { movementSigns } from './movements.ts';
import { needlingSigns } from './needling-responses.ts';
import { observation, type Sign } from './observation.ts';
import { toldSigns } from './scores.ts';
import { siteSigns } from './site-signs.ts';
import { levelSigns } from './spinal-levels.ts';
import { redFlagSigns, testSigns } from './tests-and-red-flags.ts';

/** Every Observation of the assessment and of the response to needling. */
export function signsToFhir(context: Context): MappedResource[] {
  const { assessment = {} } = context.record;
  const names = namesOf(context.record);
  const derivedFrom = assessmentReference(context);
  const assessed: Sign[] = [
    ...toldSigns(assessment, names),
    ...(assessment.redFlags ?? []).flatMap((one) => redFlagSigns(one, names)),
    ...levelSigns(assessment, names),
    ...(assessment.sites ?? []).flatMap((one) => siteSigns(one, names)),
    ...movementSigns(assessment, names),
    ...(assessment.tests ?? []).flatMap((one) => testSigns(one, names)),
    ...(assessment.values ?? []).flatMap((one) => measureSigns(context, one)),
  ];
  const signs = [...assessed.map((sign) => ({ ...sign, derivedFrom })), ...needlingSigns(context)];
  return withBaselines(context, signs).map((sign) => observation(context, sign));
}
