// Maps who wrote a revision and when to one Provenance. It never references an AdverseEvent, because
// servers with referential integrity could not delete that AdverseEvent later.
import type { Provenance } from '@medplum/fhirtypes';
import { type Block, narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderInstant } from '../../chart/values.ts';
import { defined } from '../../defined.ts';
import { hl7System, RECORD_SYSTEM } from '../../fhir/canonical.ts';
import { hl7Concept } from '../../terminology/concepts.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
} from '../context.ts';
import { identifierValue } from '../identity.ts';
import { clinicReference } from './staff.ts';

/** Code of the reason for a correction; the text has the reason in words. */
const CORRECTION = {
  system: hl7System('v3-ActReason'),
  code: 'RECORDMGT',
  display: 'records management',
};

/** The Provenance of a revision, with all resources of that revision as targets. */
export function provenanceToFhir(
  context: Context,
  written: readonly MappedResource[],
): MappedResource {
  const { record, visitScope, performers, recordExtension } = context;
  const key = String(record.revision);
  const clinic =
    record.clinic === undefined ? undefined : clinicReference(record.source, record.clinic);
  const onBehalfOf = defined({ onBehalfOf: clinic });
  const reason = (record.corrections ?? []).map(({ text }) => ({ coding: [CORRECTION], text }));
  const resource = {
    resourceType: 'Provenance',
    meta: {
      ...metaForProfile('prov'),
      tag: [{ system: RECORD_SYSTEM, code: identifierValue(visitScope, 'prov', key) }],
    },
    text: { status: 'generated', div: narrativeDiv(narrativeOf(context)) },
    extension: [recordExtension],
    target: written
      .filter(({ scope, onlyIfExists }) => scope !== 'source' && onlyIfExists !== true)
      .filter(({ resource }) => isTarget(resource.resourceType))
      .map(({ value, resource }) => reference(resource.resourceType, value, resource.resourceType)),
    recorded: record.recordedAt,
    ...(reason.length === 0 ? {} : { reason }),
    agent: [
      ...performers.map((who) => ({ type: agentType('author'), who, ...onBehalfOf })),
      { type: agentType('assembler'), who: { display: 'ims-fhir' }, ...onBehalfOf },
    ],
  } as Provenance;
  return mappedResource(visitScope, { part: 'prov', key }, resource);
}

function narrativeOf(context: Context): Block[] {
  const { revision, recordedAt } = context.record;
  const by = context.performers.flatMap(({ display }) => display ?? []);
  const authors = by.length === 0 ? [] : [`By ${by.join(', ')}`];
  const lines = [
    `Revision ${revision} of the record, written ${renderInstant(recordedAt)}`,
    ...authors,
  ];
  return [...recordNotices(context.record), { heading: 'Who wrote it', lines }];
}

function isTarget(type: string): boolean {
  return type !== 'AdverseEvent' && type !== 'Patient';
}

function agentType(code: 'author' | 'assembler') {
  return hl7Concept('provenance-participant-type', code);
}
