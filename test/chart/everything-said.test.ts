// Nothing of a record stays unread: whatever it holds can be found in its words.
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { chartOf } from '../../src/chart/chart.ts';
import { renderFindings } from '../../src/chart/findings.ts';
import { legible } from '../../src/chart/legible.ts';
import { namesOf } from '../../src/chart/names.ts';
import { chartText, columnsOf } from '../../src/chart/text.ts';
import { renderObject } from '../../src/chart/words.ts';
import { record as definition, type ImsRecord } from '../../src/ims/schema/record.ts';
import type { Values } from '../../src/ims/schema/walk.ts';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { factsOf, unsaid } from './facts.ts';

const { patient, clinic, visit, assessment, screening } = definition.members;
const { session, episode, consents, events, corrections, local } = definition.members;
const SECTIONS = {
  ...{ patient, clinic, visit, assessment, screening },
  ...{ session, episode, consents, events, corrections, local },
};

describe('everything a record holds', () => {
  it('is said in words', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const said = renderObject(sectionsOf(record), SECTIONS, namesOf(record)).join('\n');
        tell(unsaid(factsOf(sectionsOf(record)), said), said);
      }),
      { numRuns: 300 },
    );
  });

  it('stands in its chart as plain text, whoever reads it, with every finding', () => {
    fc.assert(
      fc.property(arbitraryRecord(), ({ staffEvents, ...record }) => {
        const assessed = assess(record);
        const said = chartText(chartOf(record, assessed));
        const facts = [
          ...factsOf(record),
          ...renderFindings(assessed.findings, record),
          ...assessed.detected.map(({ message }) => message),
        ];
        tell(unsaid(facts.map(packed), packed(said)), said);
      }),
      { numRuns: 300 },
    );
  });

  it('fits 80 columns as plain text, in characters that only mean themselves', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const said = chartText(chartOf(record, assess(record)));
        const lines = said.split('\n');
        tell(
          lines.filter((line) => columnsOf(line) > 80 || /[\p{Cc}\u2028-\u202E]/u.test(line)),
          said,
        );
      }),
      { numRuns: 100 },
    );
  });
});

function sectionsOf(record: ImsRecord): Values {
  const names = Object.keys(SECTIONS) as (keyof typeof SECTIONS)[];
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}

/** Words without the blanks and breaks that lines of 80 columns bring. */
function packed(text: string): string {
  return legible(text).replaceAll(/\s+/g, '');
}

function tell(missing: readonly string[], said: string): void {
  if (missing.length > 0) throw new Error(`not so: ${missing.join(' | ')}\n${said}`);
}
