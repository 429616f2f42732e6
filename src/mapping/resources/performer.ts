// Maps the practitioners of a session to Procedure.performer, with profession and training where the chart
// gives them.
import type { CodeableConcept, ProcedurePerformer } from '@medplum/fhirtypes';
import { renderCode } from '../../chart/values.ts';
import { defined } from '../../defined.ts';
import { structureUrl } from '../../fhir/canonical.ts';
import { assessment } from '../../ims/schema/assessment.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept } from '../../terminology/concepts.ts';
import { writeMembers } from '../codec/extension.ts';
import { attendingPractitionerIds, type Context, practitionerReference } from '../context.ts';

type Credential = NonNullable<NonNullable<ImsRecord['assessment']>['standings']>[number];

const { credentials } = assessment.members.standings.of.members;
/** Members about a practitioner's training in needling. */
export const CREDENTIAL_MEMBERS = { credentials } as const;
/** URL of the extension for a credential. */
export const credentialUrl = () => structureUrl('practitioner-credential');

/** The practitioners of the visit as performers of its session. */
export function performersOf({ record }: Context): ProcedurePerformer[] {
  const attending = new Set(attendingPractitionerIds(record));
  const credentialById = new Map(
    (record.assessment?.standings ?? []).map(
      (credential) => [credential.practitioner, credential] as const,
    ),
  );
  return (record.practitioners ?? [])
    .filter(({ id }) => attending.has(id))
    .map((practitioner) => {
      const actor = practitionerReference(record.source, practitioner);
      const credential = credentialById.get(practitioner.id);
      return credential === undefined ? { actor } : { ...credentialElements(credential), actor };
    });
}

function credentialElements(
  credential: Credential,
): Pick<ProcedurePerformer, 'extension' | 'function'> {
  const extension = writeMembers(credential, CREDENTIAL_MEMBERS, credentialUrl);
  return {
    ...(extension.length === 0 ? {} : { extension }),
    ...defined({ function: professionOf(credential) }),
  };
}

/** A single profession with its code; several as text only, because R4 allows one code. */
function professionOf({
  profession: professions = [],
  asWritten,
  text,
}: Credential): CodeableConcept | undefined {
  const [first, ...others] = professions;
  const words = asWritten?.profession ?? (professions.includes('other') ? text : undefined);
  if (first === undefined) return words === undefined ? undefined : { text: words };
  if (others.length === 0) return concept(first, { text: words });
  const names = professions.filter((code) => code !== 'other').map(renderCode);
  return { text: [...names, ...(words === undefined ? [] : [words])].join(', ') };
}
