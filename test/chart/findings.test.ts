import { describe, expect, it } from 'vitest';
import { renderFinding, renderFindings } from '../../src/chart/findings.ts';
import type { Finding } from '../../src/ims/records/findings.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { evaluate } from '../../src/safety/screening/evaluate.ts';
import { anImsRecord, aSession } from '../records.ts';

describe('findings', () => {
  it('list contraindications first, then precautions, then open decisions', () => {
    const lines = renderAll({
      boneLoss: { answer: 'unknown' },
      cancer: { answer: 'yes', status: 'cancer-survivor' },
      pregnancy: { answer: 'yes', status: 'pregnant' },
    });
    expect(lines.map((line) => line.split(',')[0])).toEqual([
      'CONTRAINDICATION',
      'Precaution',
      'To be decided',
    ]);
  });

  it('include everything charted with the answer, then the decision and its reason', () => {
    const [line] = renderAll({
      cancer: {
        ...{ answer: 'yes', status: 'cancer-active', onset: '2026-03', text: 'Breast, on chemo' },
        ...{ decision: 'exclude', decidedBy: 'pt', rationale: 'On treatment' },
      },
    });
    expect(line).toBe(
      'CONTRAINDICATION, whole session: Cancer, now or ever (yes; status: active cancer; remark: Breast, on chemo; since: 2026-03). Decided: exclude by Maren Okafor. Reason: On treatment',
    );
  });

  it("keep the chart's own wording", () => {
    const [line] = renderAll({
      autoimmune: {
        ...{ answer: 'yes', condition: 'Lupus (SLE)', control: 'uncontrolled' },
        asWritten: { control: 'Flares weekly' },
      },
    });
    expect(line).toContain(
      '(yes; condition: Lupus (SLE); control: uncontrolled, as written "Flares weekly")',
    );
  });

  it('name only the operation that is the reason for a contraindication at a site', () => {
    const lines = renderAll({
      surgeries: {
        surgeries: [
          operation('op-1', 'Shoulder arthroscopy', '2026-03-30', 'direct'),
          operation('op-2', 'Appendectomy', '2026-03-30', 'remote'),
        ],
      },
    });
    expect(lines).toEqual([
      'CONTRAINDICATION, site right infraspinatus: Surgery directly at a site (Shoulder arthroscopy, 2026-03-30). Needling allowed from 2026-06-30.',
    ]);
  });

  it('mention an unspecified site where none is named', () => {
    const finding: Finding = {
      ...{ item: 'C08', member: 'surgeryAdjacent', class: 'ask', scope: 'site', source: '' },
    };
    expect(renderFinding(finding, recordOf({ surgeryAdjacent: { answer: 'unknown' } }))).toBe(
      'To be decided, site: Surgery in an adjacent, connected area (unknown).',
    );
  });
});

function operation(key: string, procedure: string, date: string, relation: string) {
  return { key, procedure, date, relations: [{ siteKey: 'skip', relation }] };
}

function renderAll(screening: object): string[] {
  const record = recordOf(screening);
  return renderFindings(evaluate(record), record);
}

function recordOf(screening: object): ImsRecord {
  return anImsRecord({
    recordedAt: '2026-05-04T10:00:00-07:00',
    practitioners: [{ id: 'pt', name: { given: 'Maren', family: 'Okafor' } }],
    visit: { date: '2026-05-04', practitioners: ['pt'] },
    screening,
    session: aSession({
      status: 'not-done',
      screening: { basis: 'this-record' },
      sitesNotNeedled: [{ key: 'skip', muscle: 'infraspinatus', side: 'right', why: 'asked-for' }],
    }),
  });
}
