// Maps number and frequency of planned sessions to R4 Timing. What Timing cannot represent ("at most ten", a
// frequency in words) is only in the description.
import type { Timing, TimingRepeat } from '@medplum/fhirtypes';
import { defined } from '../../defined.ts';
import type { NumberValue } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';

type Plan = NonNullable<NonNullable<ImsRecord['episode']>['plan']>;

/** The plan as a Timing; undefined where Timing can represent no part of it. */
export function timingOf(plan: Plan): Timing | undefined {
  const repeat: TimingRepeat = { ...countOf(plan), ...frequencyOf(plan) };
  return Object.keys(repeat).length === 0 ? undefined : { repeat };
}

/** R4 allows an upper count only with a lower one, and no count of zero. */
function countOf({ plannedTotal, plannedMin, plannedMax }: Plan): TimingRepeat {
  const isRange = typeof plannedMin === 'number' && typeof plannedMax === 'number';
  const range = isRange ? { low: plannedMin, high: plannedMax } : undefined;
  const [low, high] = endsOf(plannedTotal ?? range);
  // A contradictory chart (at least ten, at most five) is not representable either.
  if (low === undefined || low < 1 || (high !== undefined && high < low)) return {};
  return { count: low, ...(high === undefined || high === low ? {} : { countMax: high }) };
}

function frequencyOf({ frequency: planned }: Plan): TimingRepeat {
  const { frequency, period, unit } = planned ?? {};
  const [shortest, longest] = endsOf(period);
  if (unit === undefined || shortest === undefined) return {};
  const [least, most] = endsOf(frequency);
  // R4 reads a period without a frequency as "once per period". A frequency that R4 cannot represent
  // (a range that is open below) therefore leaves out the period too.
  if (frequency !== undefined && least === undefined) return {};
  return {
    ...defined({ frequency: least }),
    ...(most === undefined || most === least ? {} : { frequencyMax: most }),
    period: shortest,
    ...(longest === undefined || longest === shortest ? {} : { periodMax: longest }),
    periodUnit: unit,
  };
}

/** Lower and upper end of a number or range; neither for a range that is open on one side. */
function endsOf(value: NumberValue | undefined): [number?, number?] {
  if (typeof value === 'number') return [value, value];
  const { low, high } = value ?? {};
  return low === undefined || high === undefined ? [] : [low, high];
}
