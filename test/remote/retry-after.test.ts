import { expect, it } from 'vitest';
import { retryAfterS } from '../../src/remote/retry-after.ts';

const NOW = Date.parse('2026-03-01T10:00:00Z');

it.each([
  [{ 'retry-after': '120' }, 120],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '1.2' }, 2],
  [{ 'retry-after': 'Sun, 01 Mar 2026 10:01:30 GMT' }, 90],
  [{ 'retry-after': 'Sun, 01 Mar 2026 09:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': ['5', '9'] }, undefined],
  [{ ratelimit: '"default";r=0;t=60' }, 60],
  [{ ratelimit: '"default";r=5;t=60' }, undefined],
  [{ ratelimit: '"burst";r=0;t=10, "day";r=0;t=3600' }, 3600],
  [{ ratelimit: '"burst";r=3;t=10, "day";r=0;t=30' }, 30],
  [{ ratelimit: 'limit=100, remaining=0, reset=50' }, 50],
  [{ ratelimit: 'limit=100, remaining=7, reset=50' }, undefined],
  [{ 'ratelimit-reset': '33' }, 33],
  [{ 'x-ratelimit-reset': '44' }, 44],
  [{ 'x-ratelimit-reset': String(NOW / 1000 + 20) }, 20],
  [{ 'x-ratelimit-reset': String(NOW + 1500) }, 2],
  [{ 'x-ms-retry-after-ms': '1500' }, 2],
  [{ 'retry-after': '1', 'x-ms-retry-after-ms': '90000' }, 90],
  [{}, undefined],
])('%j asks to wait %s seconds', (headers, seconds) => {
  expect(retryAfterS(headers as Record<string, string>, NOW)).toBe(seconds);
});
