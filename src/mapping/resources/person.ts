// Maps names and identifiers of persons, for Patient and Practitioner.
import type { HumanName, Identifier } from '@medplum/fhirtypes';
import { defined } from '../../defined.ts';
import { RECORD_SYSTEM } from '../../fhir/canonical.ts';
import type { Practitioner } from '../../ims/schema/record.ts';

type Name = NonNullable<Practitioner['name']>;
type Identifiers = NonNullable<Practitioner['identifiers']>;

/** A name as a HumanName. Given names are one string, as in the record. */
export function nameToFhir({ family, given, text }: Name): HumanName {
  return defined({ text, family, given: given === undefined ? undefined : [given] });
}

/** The first of a person's names. */
export function nameFromFhir(names: readonly HumanName[] | undefined): Name | undefined {
  const name = names?.[0];
  if (name === undefined) return undefined;
  return defined({ family: name.family, given: name.given?.join(' '), text: name.text });
}

/** Identifiers other than ours and the source's own id. */
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
