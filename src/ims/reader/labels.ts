// The labels of codes, for suggestions in messages. Read from the generated code system: src/terminology
// is above this folder and must not be imported here.
import codeSystem from '../../../profiles/fsh-generated/resources/CodeSystem-ims.json' with {
  type: 'json',
};

const labels: ReadonlyMap<string, string> = new Map(
  codeSystem.concept.map(({ code, display }) => [code, display]),
);

/** The label of a code; undefined for a unit and for a code that the profiles do not have yet. */
export function labelOf(code: string): string | undefined {
  return labels.get(code);
}
