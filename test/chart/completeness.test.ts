// Completeness: every value of a record is found in its rendered text.
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { chartOf } from '../../src/chart/chart.ts';
import { renderFindings } from '../../src/chart/findings.ts';
import { visibleText } from '../../src/chart/free-text.ts';
import { namesOf } from '../../src/chart/names.ts';
import { chartToText, columnWidth } from '../../src/chart/plain-text.ts';
import { renderObject } from '../../src/chart/render-object.ts';
import type { ObjectValues } from '../../src/ims/schema/members.ts';
import { record as definition, type ImsRecord } from '../../src/ims/schema/record.ts';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { factsOf, missingFacts } from './record-facts.ts';

const { patient, clinic, visit, assessment, screening } = definition.members;
const { session, episode, consents, events, corrections, local } = definition.members;
const SECTIONS = {
  ...{ patient, clinic, visit, assessment, screening },
  ...{ session, episode, consents, events, corrections, local },
};

describe('every value of a record', () => {
  it('is part of its rendered text', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const text = renderObject(sectionsOf(record), SECTIONS, namesOf(record)).join('\n');
        failIfAny(missingFacts(factsOf(sectionsOf(record)), text), text);
      }),
      { numRuns: 300 },
    );
  });

  it('is part of its chart as plain text, with every finding', () => {
    fc.assert(
      fc.property(arbitraryRecord(), ({ staffEvents, ...record }) => {
        const assessed = assess(record);
        const text = chartToText(chartOf(record, assessed));
        const facts = [
          ...factsOf(record),
          ...renderFindings(assessed.findings, record),
          ...assessed.violations.map(({ message }) => message),
        ];
        failIfAny(missingFacts(facts.map(withoutSpace), withoutSpace(text)), text);
      }),
      { numRuns: 300 },
    );
  });

  it('fits into 80 columns as plain text, without control characters', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const text = chartToText(chartOf(record, assess(record)));
        const lines = text.split('\n');
        failIfAny(
          lines.filter((line) => columnWidth(line) > 80 || /[\p{Cc}\u2028-\u202E]/u.test(line)),
          text,
        );
      }),
      { numRuns: 100 },
    );
  });
});

function sectionsOf(record: ImsRecord): ObjectValues {
  const names = Object.keys(SECTIONS) as (keyof typeof SECTIONS)[];
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}

/** Text without whitespace, because wrapping changes it. */
function withoutSpace(text: string): string {
  return visibleText(text).replaceAll(/\s+/g, '');
}

function failIfAny(faults: readonly string[], text: string): void {
  if (faults.length > 0) throw new Error(`faults: ${faults.join(' | ')}\n${text}`);
}
