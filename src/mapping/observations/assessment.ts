// Builds all Observations of an assessment and of the response to needling.
import { namesOf } from '../../chart/names.ts';
import type { Context, MappedResource } from '../context.ts';
import { assessmentReference } from '../resources/questionnaire-response.ts';
import { withBaselines } from './baseline.ts';
import { measurementDrafts } from './measurements.ts';
import { movementDrafts } from './movements.ts';
import { needlingResponseDrafts } from './needling-responses.ts';
import { type ObservationDraft, observationToFhir } from './observation.ts';
import { scoreDrafts } from './scores.ts';
import { siteSignDrafts } from './site-signs.ts';
import { spinalLevelDrafts } from './spinal-levels.ts';
import { redFlagDrafts, specialTestDrafts } from './tests-and-red-flags.ts';

/** Every Observation of the assessment and of the response to needling. */
export function observationsToFhir(context: Context): MappedResource[] {
  const { assessment = {} } = context.record;
  const keyNames = namesOf(context.record);
  const derivedFrom = assessmentReference(context);
  const assessed: ObservationDraft[] = [
    ...scoreDrafts(assessment, keyNames),
    ...(assessment.redFlags ?? []).flatMap((redFlag) => redFlagDrafts(redFlag, keyNames)),
    ...spinalLevelDrafts(assessment, keyNames),
    ...(assessment.sites ?? []).flatMap((site) => siteSignDrafts(site, keyNames)),
    ...movementDrafts(assessment, keyNames),
    ...(assessment.tests ?? []).flatMap((test) => specialTestDrafts(test, keyNames)),
    ...(assessment.values ?? []).flatMap((measured) => measurementDrafts(context, measured)),
  ];
  const drafts = [
    ...assessed.map((draft) => ({ ...draft, derivedFrom })),
    ...needlingResponseDrafts(context),
  ];
  return withBaselines(context, drafts).map((draft) => observationToFhir(context, draft));
}
