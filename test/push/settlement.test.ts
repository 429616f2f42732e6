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

describe('what a failure of the target means for a delivery', () => {
  it('waits for a target that answers a look-up too late or with a failure of its own', () => {
    expect(settle('remote-timeout', 'later')).toEqual(['queued', 'unreachable']);
    expect(settle('remote-failed', 'later')).toEqual(['queued', 'unreachable']);
  });

  it('looks before it sends again where a write may have happened', () => {
    expect(settle('remote-timeout', 'unknown')).toEqual(['queued', 'unknown-outcome']);
    expect(settle('remote-failed', 'unknown')).toEqual(['queued', 'unknown-outcome']);
  });

  it('gives up on what the target refuses for good', () => {
    expect(settle('remote-refused', 'never')).toEqual(['rejected', 'refused']);
  });
});
