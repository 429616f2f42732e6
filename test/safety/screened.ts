// Screening items as records, and their findings as short lines.
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { evaluate } from '../../src/safety/screening/evaluate.ts';
import { recordOf } from './record.ts';

/** The findings of a record as `item class scope sites`. */
export function findingLines(record: ImsRecord): string[] {
  return evaluate(record).map(({ item, class: findingClass, scope, siteKeys = [] }) =>
    [item, findingClass, scope, ...siteKeys].join(' '),
  );
}

/** The findings of one screening item in a session at the sites a and b. */
export function itemFindings(member: string, item: Readonly<Record<string, unknown>>): string[] {
  return findingLines(recordOf({ screening: { [member]: item }, sites: ['a', 'b'] }));
}
