import { expect, it } from 'vitest';
import { goldens } from './cases.ts';
import { holdsEach } from './holds.ts';

it('the cases are found', () => {
  expect(goldens.length).toBeGreaterThanOrEqual(10);
});

holdsEach(goldens);
