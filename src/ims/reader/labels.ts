// What a clinician calls a code, for messages about codes. Read from the generated code system, as
// src/terminology does, which builds on this folder and so cannot be asked from here.
import codeSystem from '../../../profiles/fsh-generated/resources/CodeSystem-ims.json' with {
  type: 'json',
};

const labels: ReadonlyMap<string, string> = new Map(
  codeSystem.concept.map(({ code, display }) => [code, display]),
);

/** The label of a code; undefined for a UCUM unit and a code that was not built into the profiles yet. */
export function labelOf(code: string): string | undefined {
  return labels.get(code);
}
