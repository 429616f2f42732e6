import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { loadFonts, runsOf, showable } from '../../src/rendering/fonts.ts';

const fonts = loadFonts([]);
const texts = (text: string) => runsOf(text, false, fonts).map((run) => run.text);

describe('a line in runs', () => {
  it('is one run where one font holds it', () => {
    expect(texts('Needle grasp: strong, as written "++"')).toEqual([
      'Needle grasp: strong, as written "++"',
    ]);
  });

  it('takes each script from the first font that holds it', () => {
    const runs = runsOf('Name: ਗੁਰਪ੍ਰੀਤ', false, fonts);
    expect(runs.map(({ text, face }) => [text, face.font.familyName])).toEqual([
      ['Name: ', 'DejaVu Sans'],
      ['ਗੁਰਪ੍ਰੀਤ', 'Noto Sans Gurmukhi'],
    ]);
  });

  it('shapes what a font cannot place by its anchors, vowels before their letter', () => {
    const [run] = runsOf('ਸਿੰਘ', false, fonts);
    const { glyphs } = run?.face.font.layout('ਸਿੰਘ', run.features as never) ?? { glyphs: [] };
    expect(glyphs.map(({ name }) => name)).toEqual([
      'imatraguru',
      'saguru',
      'tippiguru',
      'ghaguru',
    ]);
  });

  it('never turns Latin letters round beside words from right to left', () => {
    expect(texts('pain, ألم شديد (left)')).toEqual(['pain, ', 'ألم شديد', ' (left)']);
    expect(texts('שלום')).toEqual(['שלום']);
  });

  it('is bold where the bold font holds it', () => {
    const runs = runsOf('Body ਗੁਰ', true, fonts);
    expect(runs.map(({ face }) => face === fonts.bold)).toEqual([true, false]);
  });
});

describe('a record to be drawn', () => {
  it('names by number what no font holds, and leaves all else as it is', () => {
    const record = {
      patient: { name: { text: '陳 Chan\u200d\nਗੁਰ' } },
      revision: 2,
      notes: [{ text: '文' }],
    } as unknown as ImsRecord;
    expect(showable(record, fonts)).toEqual({
      record: {
        patient: { name: { text: '[U+9673] Chan\u200d\nਗੁਰ' } },
        revision: 2,
        notes: [{ text: '[U+6587]' }],
      },
      missing: ['U+9673', 'U+6587'],
    });
  });
});
