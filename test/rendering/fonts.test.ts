import { describe, expect, it } from 'vitest';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { loadFonts, replaceMissingGlyphs, textRuns } from '../../src/rendering/fonts.ts';

const fonts = loadFonts([]);
const texts = (text: string) => textRuns(text, false, fonts).map((run) => run.text);

describe('the runs of a line', () => {
  it('are a single run where one font has all characters', () => {
    expect(texts('Needle grasp: strong, as written "++"')).toEqual([
      'Needle grasp: strong, as written "++"',
    ]);
  });

  it('use the first font that has the characters of a script', () => {
    const runs = textRuns('Name: ਗੁਰਪ੍ਰੀਤ', false, fonts);
    expect(runs.map(({ text, face }) => [text, face.font.familyName])).toEqual([
      ['Name: ', 'DejaVu Sans'],
      ['ਗੁਰਪ੍ਰੀਤ', 'Noto Sans Gurmukhi'],
    ]);
  });

  it('are shaped without mark anchors where a font lacks them, with vowels before their letter', () => {
    const [run] = textRuns('ਸਿੰਘ', false, fonts);
    const { glyphs } = run?.face.font.layout('ਸਿੰਘ', run.features as never) ?? { glyphs: [] };
    expect(glyphs.map(({ name }) => name)).toEqual([
      'imatraguru',
      'saguru',
      'tippiguru',
      'ghaguru',
    ]);
  });

  it('keep the direction of Latin letters next to right-to-left words', () => {
    expect(texts('pain, ألم شديد (left)')).toEqual(['pain, ', 'ألم شديد', ' (left)']);
    expect(texts('שלום')).toEqual(['שלום']);
  });

  it('are bold where the bold font has the characters', () => {
    const runs = textRuns('Body ਗੁਰ', true, fonts);
    expect(runs.map(({ face }) => face === fonts.bold)).toEqual([true, false]);
  });
});

describe('a record with characters that no font has', () => {
  it('shows them by code point and is unchanged otherwise', () => {
    const record = {
      patient: { name: { text: '陳 Chan\u200d\nਗੁਰ' } },
      revision: 2,
      notes: [{ text: '文' }],
    } as unknown as ImsRecord;
    expect(replaceMissingGlyphs(record, fonts)).toEqual({
      record: {
        patient: { name: { text: '[U+9673] Chan\u200d\nਗੁਰ' } },
        revision: 2,
        notes: [{ text: '[U+6587]' }],
      },
      missingCharacters: ['U+9673', 'U+6587'],
    });
  });
});
