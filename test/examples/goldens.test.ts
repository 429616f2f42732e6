import { expect, it } from 'vitest';
import { goldens } from '../golden/cases.ts';
import { holdsEach } from '../golden/holds.ts';

it('there are golden cases', () => {
  expect(goldens.length).toBeGreaterThanOrEqual(10);
});

holdsEach(goldens);
