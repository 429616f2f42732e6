import { expect, it } from 'vitest';
import { unmapBundle } from '../../src/adapter.ts';

it('unmapping reads each resource a few times, in a bundle of any size', () => {
  let reads = 0;
  const count = 5000;
  const patients = Array.from({ length: count }, (_, index) => ({
    resourceType: 'Patient',
    id: `p${index}`,
    get identifier() {
      reads++;
      return [];
    },
  }));
  expect(unmapBundle(patients).visits).toEqual([]);
  expect(reads).toBeGreaterThanOrEqual(count);
  expect(reads).toBeLessThan(20 * count);
});

it('unmapping lists 500 resources of other systems and counts the rest', () => {
  const others = Array.from({ length: 5000 }, () => ({ resourceType: 'Basic' }));
  const { issues } = unmapBundle(others);
  expect(issues.length).toBe(501);
  expect(issues.at(-1)).toMatchObject({
    severity: 'information',
    message: '4500 more resources are nested too deeply or have no identifier of this adapter',
  });
});
