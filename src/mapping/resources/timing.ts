// How many sessions are planned and how often -> R4 Timing, as far as Timing can say it. What it
// cannot say ("at most ten", a frequency in words) is left to the words beside it.
import type { Timing, TimingRepeat } from '@medplum/fhirtypes';
import type { NumberValue } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';

type Plan = NonNullable<NonNullable<ImsRecord['episode']>['plan']>;

/** The plan as a Timing; undefined where nothing of it fits. */
export function timingOf(plan: Plan): Timing | undefined {
  const repeat: TimingRepeat = { ...countOf(plan), ...frequencyOf(plan) };
  return Object.keys(repeat).length === 0 ? undefined : { repeat };
}

/** R4 knows no upper count without a lower one (tim-8), and no count of nothing. */
function countOf({ plannedTotal, plannedMin, plannedMax }: Plan): TimingRepeat {
  const isSpan = typeof plannedMin === 'number' && typeof plannedMax === 'number';
  const span = isSpan ? { low: plannedMin, high: plannedMax } : undefined;
  const [low, high] = endsOf(plannedTotal ?? span);
  // At least ten and at most none is charted as it is; Timing cannot say it.
  if (low === undefined || low < 1 || (high !== undefined && high < low)) return {};
  return { count: low, ...(high === undefined || high === low ? {} : { countMax: high }) };
}

function frequencyOf({ frequency: planned }: Plan): TimingRepeat {
  const { frequency, period, unit } = planned ?? {};
  const [every, atMost] = endsOf(period);
  if (unit === undefined || every === undefined) return {};
  const [often, most] = endsOf(frequency);
  // A frequency that Timing cannot say would be read as once, which is R4's default.
  if (frequency !== undefined && often === undefined) return {};
  return {
    ...(often === undefined ? {} : { frequency: often }),
    ...(most === undefined || most === often ? {} : { frequencyMax: most }),
    period: every,
    ...(atMost === undefined || atMost === every ? {} : { periodMax: atMost }),
    periodUnit: unit,
  };
}

/** Both ends of a number or of a whole range; a range that is open on one side has none. */
function endsOf(value: NumberValue | undefined): [number?, number?] {
  if (typeof value === 'number') return [value, value];
  const { low, high } = value ?? {};
  return low === undefined || high === undefined ? [] : [low, high];
}
