import { expect, it } from 'vitest';
import { holdsEach } from '../golden/holds.ts';
import { cases, recordOf } from './cases.ts';

it('there are examples', () => {
  expect(cases.length).toBeGreaterThanOrEqual(6);
});

it('examples describe each person and place identically', () => {
  // A target keeps people as first written: with a difference, the record read back would differ.
  const descriptions = new Map<string, Set<string>>();
  for (const { source, patient, practitioners = [], clinic } of cases.map(recordOf)) {
    const places = clinic === undefined ? [] : [clinic];
    for (const [kind, named] of Object.entries({ patient: [patient], practitioners, places })) {
      for (const one of named) {
        const key = `${source} ${kind} ${one.id}`;
        descriptions.set(key, (descriptions.get(key) ?? new Set()).add(JSON.stringify(one)));
      }
    }
  }
  expect([...descriptions].filter(([, variants]) => variants.size > 1).map(([key]) => key)).toEqual(
    [],
  );
});

holdsEach(cases);
