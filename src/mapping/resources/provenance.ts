// Who wrote this revision, when, and that we assembled it -> Provenance, one per revision. It never
// names an AdverseEvent: a server with referential integrity could not delete one then.
import type { Provenance } from '@medplum/fhirtypes';
import { type Block, xhtml } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderInstant } from '../../chart/values.ts';
import { RECORD_SYSTEM } from '../../fhir/canonical.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
} from '../context.ts';
import { identifierValue } from '../identity.ts';
import { clinicReference } from './staff.ts';

const AGENT_TYPE = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';

/** HL7's purpose of use that mending a record comes under; its words stand in the text. */
const CORRECTING = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'RECORDMGT',
  display: 'records management',
};

/** The Provenance of a revision, over everything it wrote. */
export function provenanceToFhir(
  context: Context,
  written: readonly MappedResource[],
): MappedResource {
  const { record, visitScope, performers, recordExtension } = context;
  const key = String(record.revision);
  const clinic =
    record.clinic === undefined ? undefined : clinicReference(record.source, record.clinic);
  const onBehalfOf = clinic === undefined ? {} : { onBehalfOf: clinic };
  const reason = (record.corrections ?? []).map(({ text }) => ({ coding: [CORRECTING], text }));
  const resource = {
    resourceType: 'Provenance',
    meta: {
      ...metaForProfile('prov'),
      tag: [{ system: RECORD_SYSTEM, code: identifierValue(visitScope, 'prov', key) }],
    },
    text: { status: 'generated', div: xhtml(narrativeOf(context)) },
    extension: [recordExtension],
    target: written
      .filter((one) => one.scope !== 'source' && one.onlyIfExists !== true)
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
  return { coding: [{ system: AGENT_TYPE, code }] };
}
