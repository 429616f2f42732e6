// The parts of a person that Patient and Practitioner share: name and identifiers.
import type { HumanName, Identifier } from '@medplum/fhirtypes';
import { RECORD_SYSTEM } from '../../fhir/canonical.ts';
import type { Practitioner } from '../../ims/schema/record.ts';

type Name = NonNullable<Practitioner['name']>;
type Identifiers = NonNullable<Practitioner['identifiers']>;

/** A name as FHIR has it; given names stay one string. */
export function nameToFhir({ family, given, text }: Name): HumanName {
  return {
    ...(text === undefined ? {} : { text }),
    ...(family === undefined ? {} : { family }),
    ...(given === undefined ? {} : { given: [given] }),
  };
}

/** The first name a person has. */
export function nameFromFhir(names: readonly HumanName[] | undefined): Name | undefined {
  const name = names?.[0];
  if (name === undefined) return undefined;
  const given = name.given?.join(' ');
  return {
    ...(name.family === undefined ? {} : { family: name.family }),
    ...(given === undefined ? {} : { given }),
    ...(name.text === undefined ? {} : { text: name.text }),
  };
}

/** Identifiers that are neither ours nor the source's own id. */
export function identifiersFromFhir(
  identifiers: readonly Identifier[] | undefined,
  sourceSystem: string,
): { identifiers?: Identifiers } {
  const others = (identifiers ?? []).flatMap(({ system, value }) =>
    system === undefined ||
    value === undefined ||
    system === RECORD_SYSTEM ||
    system === sourceSystem
      ? []
      : [{ system, value }],
  );
  return others.length === 0 ? {} : { identifiers: others };
}
