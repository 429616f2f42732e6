import { describe, expect, it } from 'vitest';
import { htmlDocument, narrativeDiv } from '../../src/chart/narrative.ts';

describe('a narrative', () => {
  it('is paragraphs, bold and line breaks, and nothing else', () => {
    const blocks = [
      { heading: 'Session', lines: ['Left multifidus', '  Needle grasp: strong'] },
      { heading: 'Left out', lines: [] },
    ];
    expect(narrativeDiv(blocks)).toBe(
      '<div xmlns="http://www.w3.org/1999/xhtml"><p><b>Session</b><br />Left multifidus<br />\u00a0\u00a0Needle grasp: strong</p></div>',
    );
  });

  it('shows free text as written, including markup and line breaks', () => {
    const lines = ['Remark: pain < 3 & "better"\nsince <b>Monday</b>'];
    expect(narrativeDiv([{ heading: 'Note', lines }])).toContain(
      'Remark: pain &lt; 3 &amp; &quot;better&quot;<br />since &lt;b&gt;Monday&lt;/b&gt;',
    );
  });
});

describe('an XHTML document', () => {
  const note = '<script>alert("1")</script> &';
  const page = htmlDocument('Visit <1>', [{ heading: 'Note', lines: [note] }]);

  it('has only paragraphs and line breaks, which every receiver keeps', () => {
    const tags = new Set([...page.matchAll(/<\/?([a-z]+)/gi)].map(([, name]) => name));
    expect([...tags].sort()).toEqual([
      'b',
      'body',
      'br',
      'div',
      'head',
      'html',
      'meta',
      'p',
      'title',
    ]);
    expect(page).toMatch(
      /^<!DOCTYPE html>\n<html xmlns="http:\/\/www.w3.org\/1999\/xhtml" lang="en"/,
    );
    expect(page).toContain('<meta charset="utf-8" /><title>Visit &lt;1&gt;</title>');
  });

  it('shows free text as written', () => {
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;');
  });
});
