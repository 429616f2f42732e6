// Taking back what was written: content stays, the status says it was an error. Pure: the resource as
// the server holds it in, the same resource retracted out.
import type { Extension, Resource } from '@medplum/fhirtypes';
import { insertNotice } from '../chart/notices.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { writeMembers } from './codec/extension.ts';
import { ENVELOPE_MEMBERS, RECORD_EXTENSION_MEMBERS, RECORD_URL } from './context.ts';
import { STATUS_URL } from './resources/procedure.ts';

/** Types without any status: the only way to take one back is to delete it. */
export const DELETED_TYPES: ReadonlySet<string> = new Set(['AdverseEvent']);
/** Types that are never taken back: written once for many records, or a log. */
export const KEPT_TYPES: ReadonlySet<string> = new Set([
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Provenance',
]);

/** `resource` as an error of `record`'s revision. Not for deleted and kept types. */
export function retracted(resource: Resource, record: ImsRecord): Resource {
  const held = resource as Resource & { status?: string; extension?: Extension[] };
  const own = held.resourceType === 'Procedure' ? keptStatus(held) : [];
  const extension = [
    ...(held.extension ?? []).filter(({ url }) => url !== RECORD_URL),
    markOf(held, record),
    ...own,
  ];
  if (held.resourceType === 'Condition') {
    const { clinicalStatus, ...rest } = held;
    const system = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
    const verificationStatus = { coding: [{ system, code: 'entered-in-error' }] };
    return titled({ ...rest, extension, verificationStatus });
  }
  if (held.resourceType === 'Goal') {
    return titled({ ...held, extension, lifecycleStatus: 'entered-in-error' });
  }
  return titled({ ...held, extension, status: 'entered-in-error' } as Resource);
}

function keptStatus({
  status,
  extension,
}: {
  status?: string;
  extension?: Extension[];
}): Extension[] {
  const isKept = extension?.some(({ url }) => url === STATUS_URL) ?? false;
  return status === undefined || isKept ? [] : [{ url: STATUS_URL, valueCode: status }];
}

/** The mark of the revision that takes back, with the visit time the resource had. */
function markOf(
  { resourceType, extension }: { resourceType: string; extension?: Extension[] },
  record: ImsRecord,
) {
  const before = extension?.find(({ url }) => url === RECORD_URL)?.extension ?? [];
  const members = resourceType === 'Encounter' ? ENVELOPE_MEMBERS : RECORD_EXTENSION_MEMBERS;
  return {
    url: RECORD_URL,
    extension: [...writeMembers(record, members), ...before.filter(({ url }) => url === 'visitAt')],
  };
}

function titled(resource: Resource): Resource {
  const { text } = resource as { text?: { status: string; div: string } };
  if (text === undefined) return resource;
  const div = insertNotice(text.div, 'ENTERED IN ERROR', 'first');
  return { ...resource, text: { ...text, div } } as Resource;
}
