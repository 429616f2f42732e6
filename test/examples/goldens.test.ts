import { expect, it } from 'vitest';
import { goldens } from '../golden/cases.ts';
import { holdsEach } from '../golden/holds.ts';

it('the cases are found', () => {
  expect(goldens.length).toBeGreaterThanOrEqual(10);
});

holdsEach(goldens);
