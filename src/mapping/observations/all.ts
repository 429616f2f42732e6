// Observations of the assessment and of the response to needling, beside the response and the
// Procedure that stay the source of truth: for those who search, trend and read.
import { namesOf } from '../../chart/names.ts';
import type { Context, MappedResource } from '../context.ts';
import { assessmentReference } from '../resources/questionnaire-response.ts';
import { withBaselines } from './baseline.ts';
import { measurementDrafts } from './measurements.ts';
import { movementDrafts } from './movements.ts';
import { needlingResponseDrafts } from './needling-responses.ts';
import { type ObservationDraft, observation } from './observation.ts';
import { scoreDrafts } from './scores.ts';
import { siteSignDrafts } from './site-signs.ts';
import { spinalLevelDrafts } from './spinal-levels.ts';
import { redFlagDrafts, specialTestDrafts } from './tests-and-red-flags.ts';

/** Every Observation of the assessment and of the response to needling. */
export function observationsToFhir(context: Context): MappedResource[] {
  const { assessment = {} } = context.record;
  const names = namesOf(context.record);
  const derivedFrom = assessmentReference(context);
  const assessed: ObservationDraft[] = [
    ...scoreDrafts(assessment, names),
    ...(assessment.redFlags ?? []).flatMap((one) => redFlagDrafts(one, names)),
    ...spinalLevelDrafts(assessment, names),
    ...(assessment.sites ?? []).flatMap((one) => siteSignDrafts(one, names)),
    ...movementDrafts(assessment, names),
    ...(assessment.tests ?? []).flatMap((one) => specialTestDrafts(one, names)),
    ...(assessment.values ?? []).flatMap((one) => measurementDrafts(context, one)),
  ];
  const signs = [
    ...assessed.map((sign) => ({ ...sign, derivedFrom })),
    ...needlingResponseDrafts(context),
  ];
  return withBaselines(context, signs).map((sign) => observation(context, sign));
}
