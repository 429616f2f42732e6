// Links a retest to the earlier Observation that it is compared with: by reference in the same record, and
// by identifier only in another record, because the target may not have that Observation.
import type { Extension, Reference } from '@medplum/fhirtypes';
import { structureUrl } from '../../fhir/canonical.ts';
import { type Context, reference } from '../context.ts';
import { identifierScope, identifierValue } from '../identity.ts';
import type { ObservationDraft } from './observation.ts';

/** Extension: the earlier value that a retest is compared with. */
export const BASELINE_URL = structureUrl('baseline');

/** The drafts, each with a reference to the baseline that its record names. */
export function withBaselines(
  context: Context,
  drafts: readonly ObservationDraft[],
): ObservationDraft[] {
  const byRecordKey = Map.groupBy(
    drafts.flatMap((draft) => (draft.recordKeys ?? []).map((key) => ({ key, draft }))),
    ({ key }) => key,
  );
  return drafts.map((draft) => {
    const { baseline } = draft;
    if (baseline === undefined) return draft;
    if (typeof baseline !== 'string') {
      return withBaseline(draft, baselineElsewhere(context, draft, baseline));
    }
    const candidates = (byRecordKey.get(baseline) ?? []).map((entry) => entry.draft);
    return baselineWithin(context, draft, candidates);
  });
}

/** Adds a reference to the draft in `earlier` that answers the same question, if it exists. */
export function baselineWithin(
  context: Context,
  draft: ObservationDraft,
  earlier: readonly ObservationDraft[],
): ObservationDraft {
  const others = earlier.filter(({ part, key }) => part !== draft.part || key !== draft.key);
  const baseline =
    others.find((other) => questionOf(other) === questionOf(draft)) ??
    others.find(({ part }) => part === draft.part);
  if (baseline === undefined) return draft;
  const value = identifierValue(context.visitScope, baseline.part, baseline.key);
  return withBaseline(draft, reference('Observation', value, 'Earlier value'));
}

function questionOf({ code }: ObservationDraft): string | undefined {
  return code.coding?.[0]?.code;
}

function baselineElsewhere(
  { record }: Context,
  { part }: ObservationDraft,
  { recordId, key }: { recordId: string; key: string },
): Reference {
  const scope = identifierScope('visit', [record.source, recordId]);
  const value = identifierValue(scope, EXAMINATION_PART[part] ?? part, key);
  const { type, identifier, display } = reference('Observation', value, 'Earlier value');
  return { type, identifier, display } as Reference;
}

/** The baseline of a retest at a needled site is the finding of the earlier muscle examination. */
const EXAMINATION_PART: Partial<Record<ObservationDraft['part'], ObservationDraft['part']>> = {
  rshorta: 'short',
  rtenda: 'tender',
};

function withBaseline(draft: ObservationDraft, baseline: Reference): ObservationDraft {
  const extension: Extension = { url: BASELINE_URL, valueReference: baseline as never };
  return { ...draft, extension: [...(draft.extension ?? []), extension] };
}
