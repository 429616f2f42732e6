// A retest points to the earlier value it is compared with: in this record to its Observation, in
// another record by identifier alone, for this target may not hold it.
import type { Extension, Reference } from '@medplum/fhirtypes';
import { structureUrl } from '../../fhir/canonical.ts';
import { type Context, reference } from '../context.ts';
import { identifierValue, scopeOf } from '../identity.ts';
import type { ObservationDraft } from './observation.ts';

/** Earlier value that a retest is compared with. */
export const BASELINE_URL = structureUrl('baseline');

/** The signs, each with a reference to the earlier value that its record names. */
export function withBaselines(
  context: Context,
  signs: readonly ObservationDraft[],
): ObservationDraft[] {
  const named = Map.groupBy(
    signs.flatMap((sign) => (sign.keys ?? []).map((key) => ({ key, sign }))),
    ({ key }) => key,
  );
  return signs.map((sign) => {
    const { baseline } = sign;
    if (baseline === undefined) return sign;
    if (typeof baseline !== 'string') return pointing(sign, elsewhere(context, sign, baseline));
    const candidates = (named.get(baseline) ?? []).map((one) => one.sign);
    return baselineWithin(context, sign, candidates);
  });
}

/** The sign with a reference to the one of `earlier` that answers the same question. */
export function baselineWithin(
  context: Context,
  sign: ObservationDraft,
  earlier: readonly ObservationDraft[],
): ObservationDraft {
  const others = earlier.filter((one) => one.part !== sign.part || one.key !== sign.key);
  const found =
    others.find((one) => questionOf(one) === questionOf(sign)) ??
    others.find(({ part }) => part === sign.part);
  if (found === undefined) return sign;
  const value = identifierValue(context.visitScope, found.part, found.key);
  return pointing(sign, reference('Observation', value, 'Earlier value'));
}

function questionOf({ code }: ObservationDraft): string | undefined {
  return code.coding?.[0]?.code;
}

function elsewhere(
  { record }: Context,
  { part }: ObservationDraft,
  { recordId, key }: { recordId: string; key: string },
): Reference {
  const scope = scopeOf('visit', [record.source, recordId]);
  const value = identifierValue(scope, PART_BEFORE[part] ?? part, key);
  const { type, identifier, display } = reference('Observation', value, 'Earlier value');
  return { type, identifier, display } as Reference;
}

/** A retest at a needled site is compared with what the examination of the muscle found. */
const PART_BEFORE: Partial<Record<ObservationDraft['part'], ObservationDraft['part']>> = {
  rshorta: 'short',
  rtenda: 'tender',
};

function pointing(sign: ObservationDraft, earlier: Reference): ObservationDraft {
  const extension: Extension = { url: BASELINE_URL, valueReference: earlier as never };
  return { ...sign, extension: [...(sign.extension ?? []), extension] };
}
