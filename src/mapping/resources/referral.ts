// Maps the referral of an episode to ServiceRequest. Payers, insurance claims and bills are only in the
// assessment response: as resources they would enter the target's billing.
import type { CodeableConcept, ServiceRequest } from '@medplum/fhirtypes';
import { narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import { episode as definition } from '../../ims/schema/episode.ts';
import { concept } from '../../terminology/concepts.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  sharedRecordExtension,
} from '../context.ts';
import { dateOf } from '../dates.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';
import { conditionReferences } from './condition.ts';

const { referral, referralBy, referralDate, requiredBy } = definition.members.claims.members;
/** Members in the narrative; those about payment are left out. */
const NARRATIVE_MEMBERS = { referral, referralBy, referralDate, requiredBy };

/** The referral of the episode; none where the chart does not mention one. */
export function referralToFhir(context: Context): MappedResource[] {
  const { episodeScope, subject, record, retracted } = context;
  const { claims: insuranceClaim } = record.episode ?? {};
  if (episodeScope === undefined || insuranceClaim?.referral !== 'yes') return [];
  const { referralDate: date, referralBy: by = insuranceClaim.asWritten?.referralBy } =
    insuranceClaim;
  const authoredOn = dateOf(date);
  const reasons = conditionReferences(context);
  const lines = renderObject({ ...insuranceClaim, text: undefined }, NARRATIVE_MEMBERS);
  const resource = {
    resourceType: 'ServiceRequest',
    meta: metaForProfile('referral'),
    text: {
      status: 'generated',
      div: narrativeDiv([...recordNotices(context.record), { heading: 'Referral', lines }]),
    },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(episodeScope, 'referral'))],
    // The chart does not say whether it is still in force, and an active request would appear in the
    // target's list of open work.
    status: retracted ? 'entered-in-error' : 'unknown',
    intent: 'order',
    code: codeOf(context),
    subject,
    ...defined({ authoredOn }),
    ...(by === undefined ? {} : { requester: { display: by } }),
    ...(reasons.length === 0 ? {} : { reasonReference: reasons }),
  } as ServiceRequest;
  return [mappedResource(episodeScope, { part: 'referral' }, resource)];
}

/** A referral to physiotherapy, unless professions are charted and physiotherapist is not among them. */
function codeOf({ record }: Context): CodeableConcept {
  const professions = (record.assessment?.standings ?? []).flatMap(
    ({ profession }) => profession ?? [],
  );
  const isElsewhere = professions.length > 0 && !professions.includes('physiotherapist');
  return isElsewhere ? { text: 'Referral for treatment' } : concept('physiotherapy-referral');
}
