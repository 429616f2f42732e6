import { expect, it } from 'vitest';
import { unmapBundle } from '../../src/adapter.ts';

it('looks at each of many resources a few times, however many there are', () => {
  let asked = 0;
  const count = 5000;
  const patients = Array.from({ length: count }, (_, at) => ({
    resourceType: 'Patient',
    id: `p${at}`,
    get identifier() {
      asked++;
      return [];
    },
  }));
  expect(unmapBundle(patients).visits).toEqual([]);
  expect(asked).toBeGreaterThanOrEqual(count);
  expect(asked).toBeLessThan(20 * count);
});

it('lists 500 resources of others and counts the rest', () => {
  const others = Array.from({ length: 5000 }, () => ({ resourceType: 'Basic' }));
  const { issues } = unmapBundle(others);
  expect(issues.length).toBe(501);
  expect(issues.at(-1)).toMatchObject({
    severity: 'information',
    message: '4500 more resources are nested too deeply or have no identifier of this adapter',
  });
});
