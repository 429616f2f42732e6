// A referral that the chart says exists -> ServiceRequest of the episode. Payers, claims and bills
// stay in the assessment response: they would enter the target's billing.
import type { CodeableConcept, ServiceRequest } from '@medplum/fhirtypes';
import { xhtml } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { episode as definition } from '../../ims/schema/episode.ts';
import { concept } from '../../terminology/concepts.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  sharedRecordExtension,
} from '../context.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';
import { conditionReferences } from './condition.ts';

const { referral, referralBy, referralDate, requiredBy } = definition.members.claims.members;
/** What a reader is told of a referral; the money side of it is nobody else's business. */
const SAID = { referral, referralBy, referralDate, requiredBy };

/** The referral of the episode; none where the chart does not say that there is one. */
export function referralToFhir(context: Context): MappedResource[] {
  const { episodeScope, subject, record, retracted } = context;
  const { claims } = record.episode ?? {};
  if (episodeScope === undefined || claims?.referral !== 'yes') return [];
  const authored =
    typeof claims.referralDate === 'object' ? claims.referralDate.date : claims.referralDate;
  const by = claims.referralBy ?? claims.asWritten?.referralBy;
  const reasons = conditionReferences(context);
  const lines = renderObject({ ...claims, text: undefined }, SAID);
  const resource = {
    resourceType: 'ServiceRequest',
    meta: metaForProfile('referral'),
    text: {
      status: 'generated',
      div: xhtml([...recordNotices(context.record), { heading: 'Referral', lines }]),
    },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(episodeScope, 'referral'))],
    // The chart does not say whether it is still in force, and an active request would stand in the
    // target's list of work to be done.
    status: retracted ? 'entered-in-error' : 'unknown',
    intent: 'order',
    code: codeOf(context),
    subject,
    ...(authored === undefined ? {} : { authoredOn: authored }),
    ...(by === undefined ? {} : { requester: { display: by } }),
    ...(reasons.length === 0 ? {} : { reasonReference: reasons }),
  } as ServiceRequest;
  return [mappedResource(episodeScope, { part: 'referral' }, resource)];
}

/** A referral to physiotherapy, unless the chart knows of no physiotherapist among its people. */
function codeOf({ record }: Context): CodeableConcept {
  const professions = (record.assessment?.standings ?? []).flatMap(
    ({ profession }) => profession ?? [],
  );
  const isElsewhere = professions.length > 0 && !professions.includes('physiotherapist');
  return isElsewhere ? { text: 'Referral for treatment' } : concept('physiotherapy-referral');
}
