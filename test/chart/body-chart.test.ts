import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyChart } from '../../src/chart/body-chart.ts';
import { renderSite } from '../../src/chart/body-site.ts';
import { visibleText } from '../../src/chart/free-text.ts';
import { numberedSites } from '../../src/chart/numbered-sites.ts';
import { MARK_RADIUS, type SiteMark, siteMarks } from '../../src/chart/site-marks.ts';
import { pictureToSvg } from '../../src/chart/svg.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { assess } from '../../src/safety/assess.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { anImsRecord, aSession, aSite } from '../records.ts';

const drawing = (record: ImsRecord) =>
  pictureToSvg(bodyChart(record, assess(record)), 'Body chart');

function needled(...sites: readonly object[]): ImsRecord {
  const keyed = sites.map((site, index) => ({ key: `s${index}`, ...site }));
  return anImsRecord({ session: aSession({ sites: keyed }) });
}

const points = (...sites: readonly object[]) => siteMarks(numberedSites(needled(...sites)));

describe('a mark on the body chart', () => {
  it('is drawn on the side of the patient in the front and the back view', () => {
    const [front, behind] = points(
      { muscle: 'deltoid', side: 'left' },
      { muscle: 'infraspinatus', side: 'left' },
    );
    expect(front?.position).toMatchObject({ view: 'front', anchor: [expect.any(Number), 112] });
    expect(front?.position?.anchor[0]).toBeGreaterThan(0);
    expect(behind?.position?.view).toBe('back');
    expect(behind?.position?.anchor[0]).toBeLessThan(0);
  });

  it('is drawn beside the spine at the charted levels, within the levels of the muscle', () => {
    const at = (muscle: string, segments?: readonly string[]) =>
      points({ muscle, side: 'right', ...(segments === undefined ? {} : { segments }) })[0];
    const height = (point: SiteMark | undefined) => point?.position?.anchor[1] ?? 0;
    const cervical = height(at('multifidus', ['segment-c5']));
    const lumbar = height(at('multifidus', ['segment-l4', 'segment-s1']));
    expect(lumbar - cervical).toBeGreaterThan(100);
    expect(height(at('lumbar-paraspinals', ['segment-c5']))).toBe(
      height(at('lumbar-paraspinals', ['segment-l1'])),
    );
    expect(at('multifidus')?.remark).toBe('level not charted');
    expect(at('deltoid', ['segment-c5'])?.remark).toBeUndefined();
  });

  it('shows the twitch response by its shape', () => {
    const answers = ['yes', 'no', 'not-asked'].map((answer) => ({ answer }));
    const made = points(...answers.map((twitch) => ({ muscle: 'soleus', side: 'left', twitch })), {
      muscle: 'soleus',
      side: 'left',
    });
    expect(made.map(({ response }) => response)).toEqual([
      'twitch',
      'no-twitch',
      'twitch-unknown',
      'twitch-unknown',
    ]);
    const shapes = made.map((_, index) => markOf(drawing(needled(...sitesAt(index, answers)))));
    expect(new Set(shapes.slice(0, 3)).size).toBe(3);
  });

  it('is replaced by a remark where the side is not charted or the site has no code', () => {
    const [unsided, unnamed, spine] = points(
      { muscle: 'soleus' },
      { muscle: 'other', text: 'scar over the rib' },
      { muscle: 'trapezius', side: 'midline' },
    );
    expect([unsided?.position, unsided?.remark]).toEqual([
      undefined,
      'side not charted; not drawn',
    ]);
    expect([unnamed?.position, unnamed?.remark]).toEqual([
      undefined,
      'site without a code; not drawn',
    ]);
    expect(spine?.position?.anchor[0]).toBe(0);
    const drawn = drawing(needled({ muscle: 'other', text: 'scar over the rib' }));
    expect(drawn).toContain('>scar over the rib<');
    expect(drawn).toContain('(site without a code; not drawn)');
  });

  it('never overlaps another mark of the same site', () => {
    const many = Array.from({ length: 30 }, () => ({ muscle: 'piriformis', side: 'left' }));
    const made = points(...many);
    expect(smallestDistance(made)).toBeGreaterThanOrEqual(2 * MARK_RADIUS);
    expect(new Set(made.map(({ position }) => position?.anchor.join())).size).toBe(1);
  });

  it('never overlaps another mark, whatever the record contains', () => {
    fc.assert(
      fc.property(arbitraryRecord({ density: 'dense' }), (record) => {
        expect(smallestDistance(siteMarks(numberedSites(record)))).toBeGreaterThanOrEqual(
          2 * MARK_RADIUS,
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('the body chart as SVG', () => {
  it('shows the number and the description of each site, whatever the record contains', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        const text = textOf(drawing(record));
        for (const { site, number } of numberedSites(record)) {
          expect(text).toContain(withoutSpace(renderSite(site)));
          expect(text).toContain(String(number));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has a warning banner only where there is a contraindication', () => {
    const screening = { cancer: { answer: 'yes', status: 'cancer-active' } };
    const session = aSession({ screening: { basis: 'this-record' }, sites: [aSite()] });
    const barred = drawing(anImsRecord({ screening, session }));
    expect(barred).toMatch(/font-weight="bold">CONTRAINDICATION, whole session: Cancer/);
    const free = anImsRecord({ screening: { cancer: { answer: 'no' } }, session });
    expect(drawing(free)).not.toContain('stroke-width="2.5"');
  });

  it('begins its banner with the notices on the record', () => {
    const origin = { how: 'migrated' };
    const session = aSession({ sites: [aSite()] });
    expect(drawing(anImsRecord({ origin, session }))).toContain(
      '>Screening not recorded in the source system<',
    );
    expect(drawing(anImsRecord({ status: 'draft', session }))).toContain(
      '>Draft, not signed: This record is not signed',
    );
  });

  it('marks sites that were not needled differently', () => {
    const sitesNotNeedled = [{ key: 'p', muscle: 'soleus', side: 'left', why: 'planned' }];
    const session = aSession({ status: 'not-done', sitesNotNeedled });
    const drawn = drawing(anImsRecord({ session }));
    expect(drawn).toContain('>NOT NEEDLED: Left soleus<');
    expect(drawn.split('stroke-dasharray')).toHaveLength(4);
  });

  it('contains no scripts, styles or external resources', () => {
    const drawn = drawing(needled({ muscle: 'soleus', side: 'left' }));
    expect(drawn).not.toMatch(/<script|<image|<foreignObject|<style|href="(?!#)| on\w+=/i);
  });
});

function sitesAt(index: number, answers: readonly object[]): object[] {
  const twitch = answers[index];
  return [{ muscle: 'soleus', side: 'left', ...(twitch === undefined ? {} : { twitch }) }];
}

/** The path of the first mark in the list. */
function markOf(drawn: string): string {
  const [, list = ''] = drawn.split('translate(464');
  return list.slice(0, list.indexOf('/>')).replace(/^[^"]*"/, '');
}

/** The smallest distance between two marks in one view; Infinity with fewer than two. */
function smallestDistance(marks: readonly SiteMark[]): number {
  const spots = marks.flatMap(({ position }) => position ?? []);
  const distances = spots.flatMap((a, index) =>
    spots
      .slice(index + 1)
      .flatMap((b) =>
        a.view === b.view ? [Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1])] : [],
      ),
  );
  return Math.min(...distances);
}

function textOf(drawn: string): string {
  const texts = [...drawn.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
  return withoutSpace(
    texts
      .join('')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  );
}

/** Text without whitespace, because wrapping changes it. */
function withoutSpace(text: string): string {
  return visibleText(text).replaceAll(/\s+/g, '');
}
