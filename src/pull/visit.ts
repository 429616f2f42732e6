// The result of reading a visit from FHIR resources, as the adapter returns it.
import { defined } from '../defined.ts';
import type { Issue, Loss } from '../errors.ts';
import type { Difference } from '../ims/records/differences.ts';
import type { ImsRecord } from '../ims/schema/record.ts';
import type { ReadVisit } from '../mapping/from-fhir.ts';
import type { EditedResource, Edits } from './edits.ts';
import { INCOMPLETE } from './visit-resources.ts';

/** A visit read from FHIR resources. */
export interface PulledVisit {
  /** Absent where the resources do not contain a whole record; `issues` has the reasons. */
  readonly record?: ImsRecord;
  /** False where no whole record was read, or content may be missing; `issues` has the reasons. */
  readonly complete: boolean;
  readonly losses: readonly Loss[];
  readonly issues: readonly Issue[];
  /** The resources that the record was read from: `Type/id` and version. */
  readonly basedOn: readonly { reference: string; version?: string }[];
  /** Resources that were changed since this adapter wrote them. */
  readonly editedIn?: readonly EditedResource[];
  /** Members of the record that differ from what was written; absent if only other elements were edited. */
  readonly differences?: readonly Difference[];
}

/** The visit with the versions of its resources and the changes made at its target. */
export function pulledVisit(
  { record, losses, issues, resources }: ReadVisit,
  edits: Edits = {},
): PulledVisit {
  const basedOn = resources.flatMap(({ resourceType, id, meta }) => {
    if (id === undefined) return [];
    const version = meta?.versionId;
    return [{ reference: `${resourceType}/${id}`, ...(version === undefined ? {} : { version }) }];
  });
  const complete = record !== undefined && issues.every(({ code }) => code !== INCOMPLETE);
  return { ...defined({ record }), complete, losses, issues, basedOn, ...edits };
}
