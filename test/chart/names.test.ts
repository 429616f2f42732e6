import { describe, expect, it } from 'vitest';
import { namesOf } from '../../src/chart/names.ts';
import { renderObject } from '../../src/chart/render-object.ts';
import { record as definition, type ImsRecord } from '../../src/ims/schema/record.ts';
import { anImsRecord, aSession } from '../records.ts';

const { assessment, screening } = definition.members;

describe('names', () => {
  it('describe a sign by its grade and its site', () => {
    const { items } = namesOf(record(['neck']));
    expect(items.get('short-trap')).toBe('Muscle shortening severe (left upper trapezius)');
    expect(items.get('s1')).toBe('Left upper trapezius');
    expect(items.get('before')).toBe('Pain now: 6 of 10');
  });

  it('replace keys where one item refers to another', () => {
    const visit = record(['neck']);
    expect(renderObject(visit.assessment ?? {}, assessment.members, namesOf(visit))).toContain(
      '  Supporting findings: muscle shortening severe (left upper trapezius)',
    );
    const lines = renderObject(visit.screening ?? {}, screening.members, namesOf(visit));
    expect(lines).toContain('    Left upper trapezius: directly at the site');
    expect(lines).toContain('  Decided by: Maren Okafor');
  });

  it('are missing for an unknown key, which is shown as it is', () => {
    const visit = record(['neck']);
    const lines = renderObject(visit.screening ?? {}, screening.members);
    expect(lines).toContain('    s1: directly at the site');
    expect(lines).toContain('  Decided by: pt');
  });

  it('mention the complaint only where there are several', () => {
    const assessmentText = (visit: ImsRecord) =>
      renderObject(visit.assessment ?? {}, assessment.members, namesOf(visit)).join('\n');
    expect(assessmentText(record(['neck']))).not.toMatch(/about/i);
    expect(assessmentText(record(['elbow', 'neck']))).toContain(
      'Pain now: 6 of 10 (about: neck in words)',
    );
  });
});

function record(complaints: readonly string[]): ImsRecord {
  const shortening = { key: 'short-trap', grade: 'severe', asWritten: { grade: '+++' } };
  const trapezius = { muscle: 'trapezius-upper', side: 'left' };
  return anImsRecord({
    practitioners: [{ id: 'pt', name: { given: 'Maren', family: 'Okafor' } }],
    visit: { date: '2026-03-02', practitioners: ['pt'] },
    episode: {
      id: 'E',
      complaints: complaints.map((key) => ({ key, text: `${key} in words` })),
    },
    assessment: {
      sites: [{ key: 'ex', ...trapezius, shortening }],
      pain: [{ key: 'before', context: 'pain-current', value: 6, complaintKeys: ['neck'] }],
      mechanisms: [
        {
          ...{ key: 'm', mechanism: 'pain-mechanism-neuropathic', supportedBy: ['short-trap'] },
          text: 'Seen together with the cold hand and the loss of hair over the whole forearm.',
        },
      ],
    },
    screening: {
      boneLoss: {
        ...{ answer: 'yes', decision: 'modify', decidedBy: 'pt' },
        rationale: 'Thinner needles and no pistoning close to the ribs until the next scan',
      },
      surgeries: {
        surgeries: [
          {
            ...{ key: 'op', procedure: 'Lipoma taken out', date: '2026-02' },
            relations: [{ siteKey: 's1', relation: 'direct' }],
            text: 'Reported by the patient; no letter from the surgeon has come so far, asked for again',
          },
        ],
      },
    },
    session: aSession({
      screening: { basis: 'this-record' },
      sites: [{ key: 's1', ...trapezius }],
    }),
  });
}
