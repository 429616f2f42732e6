// Who needled, with the profession and training that the chart gives for them -> Procedure.performer.
// Nobody is left out for lack of either.
import type { CodeableConcept, ProcedurePerformer } from '@medplum/fhirtypes';
import { renderCode } from '../../chart/values.ts';
import { structureUrl } from '../../fhir/canonical.ts';
import { assessment } from '../../ims/schema/assessment.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept } from '../../terminology/concepts.ts';
import { writeMembers } from '../codec/extension.ts';
import { attendingPractitionerIds, type Context, practitionerReference } from '../context.ts';

type Standing = NonNullable<NonNullable<ImsRecord['assessment']>['standings']>[number];

const { credentials } = assessment.members.standings.of.members;
/** What the chart holds of a practitioner's training in needling. */
export const CREDENTIAL_MEMBERS = { credentials } as const;
/** The extension that holds a credential. */
export const credentialUrl = () => structureUrl('practitioner-credential');

/** The practitioners of the visit as performers of its session. */
export function performersOf({ record }: Context): ProcedurePerformer[] {
  const attending = new Set(attendingPractitionerIds(record));
  const standings = new Map(
    (record.assessment?.standings ?? []).map((one) => [one.practitioner, one] as const),
  );
  return (record.practitioners ?? [])
    .filter(({ id }) => attending.has(id))
    .map((practitioner) => {
      const actor = practitionerReference(record.source, practitioner);
      const standing = standings.get(practitioner.id);
      return standing === undefined ? { actor } : { ...knownOf(standing), actor };
    });
}

function knownOf(standing: Standing): Pick<ProcedurePerformer, 'extension' | 'function'> {
  const held = writeMembers(standing, CREDENTIAL_MEMBERS, credentialUrl);
  const profession = professionOf(standing);
  return {
    ...(held.length === 0 ? {} : { extension: held }),
    ...(profession === undefined ? {} : { function: profession }),
  };
}

/** One profession with its code; of several R4 has room for the words alone. */
function professionOf({ profession = [], asWritten, text }: Standing): CodeableConcept | undefined {
  const [only, ...more] = profession;
  const words = asWritten?.profession ?? (profession.includes('other') ? text : undefined);
  if (only === undefined) return words === undefined ? undefined : { text: words };
  if (more.length === 0) return concept(only, { text: words });
  const names = profession.filter((code) => code !== 'other').map(renderCode);
  return { text: [...names, ...(words === undefined ? [] : [words])].join(', ') };
}
