import { describe, expect, it } from 'vitest';
import { AdapterError, type ErrorCode, type Retry } from '../../src/errors.ts';
import { settlementOf } from '../../src/push/settlement.ts';

const delivery = {
  id: '1',
  attempt: 1,
  target: 'emr',
  source: 'https://clinic.example/ims',
  recordId: 'visit-1',
  revision: 1,
  payload: '{}',
} as Parameters<typeof settlementOf>[1]['delivery'];

function settle(code: ErrorCode, retry: Retry) {
  const { state, cause } = settlementOf(new AdapterError(code, 'Failed.', { retry }), {
    delivery,
    now: 0,
  }) as { state: string; cause?: string };
  return [state, cause];
}

describe('the settlement of a failed attempt', () => {
  it('is queued as unreachable if a read timed out or failed at the target', () => {
    expect(settle('remote-timeout', 'later')).toEqual(['queued', 'unreachable']);
    expect(settle('remote-failed', 'later')).toEqual(['queued', 'unreachable']);
  });

  it('is queued as unknown outcome if a write may have taken effect', () => {
    expect(settle('remote-timeout', 'unknown')).toEqual(['queued', 'unknown-outcome']);
    expect(settle('remote-failed', 'unknown')).toEqual(['queued', 'unknown-outcome']);
  });

  it('is rejected if the target refuses the data', () => {
    expect(settle('remote-refused', 'never')).toEqual(['rejected', 'refused']);
  });
});
