// Retracts resources: the content stays, the status becomes entered-in-error. Pure.
import type { Extension, Resource } from '@medplum/fhirtypes';
import { insertNotice } from '../chart/notices.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import { writeMembers } from './codec/extension.ts';
import { ENVELOPE_MEMBERS, RECORD_EXTENSION_MEMBERS, RECORD_URL } from './context.ts';
import { STATUS_URL } from './resources/procedure.ts';

/** Types without a status: they can only be deleted. */
export const DELETED_TYPES: ReadonlySet<string> = new Set(['AdverseEvent']);
/** Types that are never retracted: written once for many records, or a log. */
export const KEPT_TYPES: ReadonlySet<string> = new Set([
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Provenance',
]);

/** `resource`, as the server has it, retracted by the revision `record`. Not for deleted and kept types. */
export function retracted(resource: Resource, record: ImsRecord): Resource {
  const original = resource as Resource & { status?: string; extension?: Extension[] };
  const own = original.resourceType === 'Procedure' ? statusExtension(original) : [];
  const extension = [
    ...(original.extension ?? []).filter(({ url }) => url !== RECORD_URL),
    recordExtensionOf(original, record),
    ...own,
  ];
  if (original.resourceType === 'Condition') {
    const { clinicalStatus, ...rest } = original;
    const system = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
    const verificationStatus = { coding: [{ system, code: 'entered-in-error' }] };
    return withNotice({ ...rest, extension, verificationStatus });
  }
  if (original.resourceType === 'Goal') {
    return withNotice({ ...original, extension, lifecycleStatus: 'entered-in-error' });
  }
  return withNotice({ ...original, extension, status: 'entered-in-error' } as Resource);
}

/** The status before the retraction, which a Procedure needs to be read back. */
function statusExtension({
  status,
  extension,
}: {
  status?: string;
  extension?: Extension[];
}): Extension[] {
  const isKept = extension?.some(({ url }) => url === STATUS_URL) ?? false;
  return status === undefined || isKept ? [] : [{ url: STATUS_URL, valueCode: status }];
}

/** `ims-record` of the retracting revision, with the visit time that the resource had. */
function recordExtensionOf(
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

function withNotice(resource: Resource): Resource {
  const { text } = resource as { text?: { status: string; div: string } };
  if (text === undefined) return resource;
  const div = insertNotice(text.div, 'ENTERED IN ERROR', 'first');
  return { ...resource, text: { ...text, div } } as Resource;
}
