import { expect, it } from 'vitest';
import { holdsEach } from '../golden/holds.ts';
import { cases, recordOf } from './cases.ts';

it('the examples are found', () => {
  expect(cases.length).toBeGreaterThanOrEqual(6);
});

it('tell of each person and place the same wherever they name it', () => {
  // A target keeps people as first written: a difference would come back as another record.
  const told = new Map<string, Set<string>>();
  for (const { source, patient, practitioners = [], clinic } of cases.map(recordOf)) {
    const places = clinic === undefined ? [] : [clinic];
    for (const [kind, named] of Object.entries({ patient: [patient], practitioners, places })) {
      for (const one of named) {
        const key = `${source} ${kind} ${one.id}`;
        told.set(key, (told.get(key) ?? new Set()).add(JSON.stringify(one)));
      }
    }
  }
  expect([...told].filter(([, ways]) => ways.size > 1).map(([key]) => key)).toEqual([]);
});

holdsEach(cases);
