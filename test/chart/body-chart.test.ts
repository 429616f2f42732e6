import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyChart } from '../../src/chart/body-chart.ts';
import { legible } from '../../src/chart/legible.ts';
import { renderSite } from '../../src/chart/places.ts';
import { MARK, type Point, pointsOf } from '../../src/chart/points.ts';
import { sitesOf } from '../../src/chart/sites.ts';
import { svg } from '../../src/chart/svg.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { recordOf } from '../safety/record.ts';

const drawing = (record: ImsRecord) => svg(bodyChart(record, assess(record)), 'Body chart');

function needled(...sites: readonly object[]): ImsRecord {
  const keyed = sites.map((site, index) => ({ key: `s${index}`, ...site }));
  const screening = { basis: 'screening-not-documented' };
  const session = { status: 'completed', technique: 'ims-session', screening, sites: keyed };
  return recordOf({ others: { session } });
}

const points = (...sites: readonly object[]) => pointsOf(sitesOf(needled(...sites)));

describe('a point of the body chart', () => {
  it('stands on the side of the patient, seen from the front and from behind', () => {
    const [front, behind] = points(
      { muscle: 'deltoid', side: 'left' },
      { muscle: 'infraspinatus', side: 'left' },
    );
    expect(front?.spot).toMatchObject({ view: 'front', anchor: [expect.any(Number), 112] });
    expect(front?.spot?.anchor[0]).toBeGreaterThan(0);
    expect(behind?.spot?.view).toBe('back');
    expect(behind?.spot?.anchor[0]).toBeLessThan(0);
  });

  it('lies beside the spine at the levels charted, as far as the muscle reaches', () => {
    const at = (muscle: string, segments?: readonly string[]) =>
      points({ muscle, side: 'right', ...(segments === undefined ? {} : { segments }) })[0];
    const height = (point: Point | undefined) => point?.spot?.anchor[1] ?? 0;
    const cervical = height(at('multifidus', ['segment-c5']));
    const lumbar = height(at('multifidus', ['segment-l4', 'segment-s1']));
    expect(lumbar - cervical).toBeGreaterThan(100);
    expect(height(at('lumbar-paraspinals', ['segment-c5']))).toBe(
      height(at('lumbar-paraspinals', ['segment-l1'])),
    );
    expect(at('multifidus')?.remark).toBe('level not charted');
    expect(at('deltoid', ['segment-c5'])?.remark).toBeUndefined();
  });

  it('shows by its shape what the needle met', () => {
    const answers = ['yes', 'no', 'not-asked'].map((answer) => ({ answer }));
    const made = points(...answers.map((twitch) => ({ muscle: 'soleus', side: 'left', twitch })), {
      muscle: 'soleus',
      side: 'left',
    });
    expect(made.map(({ response }) => response)).toEqual([
      'twitch',
      'no-twitch',
      'not-said',
      'not-said',
    ]);
    const shapes = made.map((_, index) => markOf(drawing(needled(...sitesAt(index, answers)))));
    expect(new Set(shapes.slice(0, 3)).size).toBe(3);
  });

  it('is told in words where nobody charted its side, or no code names its place', () => {
    const [unsided, unnamed, spine] = points(
      { muscle: 'soleus' },
      { muscle: 'other', text: 'scar over the rib' },
      { muscle: 'trapezius', side: 'midline' },
    );
    expect([unsided?.spot, unsided?.remark]).toEqual([undefined, 'side not charted; not drawn']);
    expect([unnamed?.spot, unnamed?.remark]).toEqual([
      undefined,
      'place without a code; not drawn',
    ]);
    expect(spine?.spot?.anchor[0]).toBe(0);
    const drawn = drawing(needled({ muscle: 'other', text: 'scar over the rib' }));
    expect(drawn).toContain('>scar over the rib<');
    expect(drawn).toContain('(place without a code; not drawn)');
  });

  it('never covers another, and keeps a line to its place', () => {
    const many = Array.from({ length: 30 }, () => ({ muscle: 'piriformis', side: 'left' }));
    const made = points(...many);
    expect(nearest(made)).toBeGreaterThanOrEqual(2 * MARK);
    expect(new Set(made.map(({ spot }) => spot?.anchor.join())).size).toBe(1);
  });

  it('never covers another in any record', () => {
    fc.assert(
      fc.property(arbitraryRecord({ density: 'dense' }), (record) => {
        expect(nearest(pointsOf(sitesOf(record)))).toBeGreaterThanOrEqual(2 * MARK);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the body chart as SVG', () => {
  it('says number, place and every word of each site, whatever the record holds', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const said = wordsOf(drawing(record));
        for (const { site, number } of sitesOf(record)) {
          expect(said).toContain(packed(renderSite(site)));
          expect(said).toContain(String(number));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has a banner of what bars the needle, and none where nothing does', () => {
    const screening = { cancer: { answer: 'yes', status: 'cancer-active' } };
    const barred = drawing(recordOf({ sites: ['s1'], screening }));
    expect(barred).toMatch(/font-weight="bold">CONTRAINDICATION, whole session: Cancer/);
    const free = recordOf({ sites: ['s1'], screening: { cancer: { answer: 'no' } } });
    expect(drawing(free)).not.toContain('stroke-width="2.5"');
  });

  it('begins its banner with what is wrong with the whole record', () => {
    const origin = { how: 'migrated' };
    expect(drawing(recordOf({ sites: ['s1'], others: { origin } }))).toContain(
      '>Screening not recorded in the source system<',
    );
    expect(drawing(recordOf({ sites: ['s1'], others: { status: 'draft' } }))).toContain(
      '>Draft, not signed: Nobody has signed',
    );
  });

  it('shows what was planned and not needled apart from what was needled', () => {
    const sitesNotNeedled = [{ key: 'p', muscle: 'soleus', side: 'left', why: 'planned' }];
    const screening = { basis: 'screening-not-documented' };
    const session = { status: 'not-done', technique: 'ims-session', screening, sitesNotNeedled };
    const drawn = drawing(recordOf({ others: { session } }));
    expect(drawn).toContain('>NOT NEEDLED: Left soleus<');
    expect(drawn.split('stroke-dasharray')).toHaveLength(4);
  });

  it('loads nothing and runs nothing', () => {
    const drawn = drawing(needled({ muscle: 'soleus', side: 'left' }));
    expect(drawn).not.toMatch(/<script|<image|<foreignObject|<style|href="(?!#)| on\w+=/i);
  });
});

function sitesAt(index: number, answers: readonly object[]): object[] {
  const twitch = answers[index];
  return [{ muscle: 'soleus', side: 'left', ...(twitch === undefined ? {} : { twitch }) }];
}

/** The path of the mark that stands first in the list. */
function markOf(drawn: string): string {
  const [, list = ''] = drawn.split('translate(464');
  return list.slice(0, list.indexOf('/>')).replace(/^[^"]*"/, '');
}

/** The smallest distance of two marks in one view; without two there is none. */
function nearest(made: readonly Point[]): number {
  const spots = made.flatMap(({ spot }) => spot ?? []);
  const distances = spots.flatMap((a, index) =>
    spots
      .slice(index + 1)
      .flatMap((b) =>
        a.view === b.view ? [Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1])] : [],
      ),
  );
  return Math.min(...distances);
}

function wordsOf(drawn: string): string {
  const texts = [...drawn.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
  return packed(
    texts
      .join('')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  );
}

/** Words without the blanks that lines bring. */
function packed(text: string): string {
  return legible(text).replaceAll(/\s+/g, '');
}
