import { expect, it } from 'vitest';
import { holdsEach } from '../golden/holds.ts';
import { cases } from './cases.ts';

it('the examples are found', () => {
  expect(cases.length).toBeGreaterThanOrEqual(6);
});

holdsEach(cases);
