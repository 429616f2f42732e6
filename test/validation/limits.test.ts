import { describe, expect, it } from 'vitest';
import { createValidator } from '../../src/definitions/published.ts';
import { isLanguageTag } from '../../src/validation/compile/codes.ts';
import { hasContent, isNarrative, MAX_NARRATIVE } from '../../src/validation/fhirpath/narrative.ts';

const validator = createValidator();
const XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">';

function observation(members: object): object {
  return { resourceType: 'Observation', status: 'final', code: { text: 'a' }, ...members };
}

/** Code and message of each issue. */
function issuesOf(resource: object): string[] {
  return validator.validate(resource).map(({ code, message }) => `${code}: ${message}`);
}

describe('a narrative is read once', () => {
  // Each took minutes at this length when every `<` was followed to the end of the text.
  it.each([
    ['tags that never end', `${XHTML}<p>a</p>${'<'.repeat(1_000_000)}`],
    ['a first tag that never ends', `<div ${'<'.repeat(1_000_000)}`],
    ['comments that never end', `${XHTML}${'<!--'.repeat(250_000)}</div>`],
    ['tags that begin and never end', `${XHTML}${'<p '.repeat(300_000)}</div>`],
    ['attributes that never end', `${XHTML}${'<p title="'.repeat(100_000)}`],
    ['spaces', `${XHTML}<p title${' '.repeat(1_000_000)}x></p></div>`],
    ['nested elements', `${XHTML}${'<b>'.repeat(300_000)}</div>`],
    ['tags and spaces', `${XHTML}${'<b> </b>'.repeat(100_000)}${'<'.repeat(100_000)}`],
  ])('%s', (_what, narrative) => {
    expect(isNarrative(narrative)).toBe(false);
    expect(typeof hasContent(narrative)).toBe('boolean');
  });

  it('and not at all if it is longer than R4 allows', () => {
    const long = `${XHTML}${'a'.repeat(MAX_NARRATIVE)}</div>`;
    expect(isNarrative(long)).toBe(false);
    const text = { status: 'generated', div: long };
    expect(issuesOf(observation({ text }))).toContain('too-long: must be at most 1 MB long');
    expect(isNarrative(`${XHTML}${'a'.repeat(MAX_NARRATIVE - 100)}</div>`)).toBe(true);
  });

  it.each([
    ['', false],
    [`${XHTML}</div>`, false],
    [`${XHTML} <p> </p>\n</div>`, false],
    [`${XHTML}<p>\u00a0</p></div>`, false],
    [`${XHTML}<img src="a"/></div>`, true],
    [`${XHTML}<p> a</p></div>`, true],
    ['<div', true],
  ])('%j has content: %s', (narrative, expected) => {
    expect(hasContent(narrative)).toBe(expected);
  });
});

describe('validation stops', () => {
  it('after 500 errors and warnings, and adds an issue about it', () => {
    let visited = 0;
    const component = Array.from({ length: 5000 }, () => ({
      get unknown() {
        visited++;
        return 'x';
      },
    }));
    const issues = validator.validate(observation({ component }));
    expect(issues.length).toBe(501);
    expect(issues.at(-1)).toMatchObject({ severity: 'error', code: 'too-costly', path: '' });
    // All are visited once to check the depth, and the first ones again.
    expect(visited).toBeLessThan(5000 + 1000);
  });

  it('but not after 500 notes on what cannot be checked; the rest are dropped', () => {
    const extension = Array.from({ length: 2000 }, (_, at) => ({
      url: `https://unknown.example/${at}`,
      valueString: 'a',
    }));
    const issues = validator.validate(observation({ extension, status: 'unknown-status' }));
    expect(issues.filter(({ severity }) => severity === 'information').length).toBe(500);
    expect(issues.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('after 10,000 repetitions of the same issue', () => {
    const profile = Array(20_000).fill('http://hl7.org/fhir/StructureDefinition/bp');
    const issues = issuesOf(observation({ meta: { profile } }));
    expect(issues.at(-1)).toMatch(/validation stopped/);
    expect(issues.length).toBeLessThan(20);
  });

  it('when a rule would compare thousands of entries with thousands of others', () => {
    const coding = (code: string) => Array.from({ length: 10_000 }, () => ({ code }));
    const resource = observation({
      code: { coding: coding('a') },
      valueString: 'x',
      component: [{ code: { coding: coding('b') } }],
    });
    expect(issuesOf(resource)).toContain(
      'too-costly: has lists that are too long to compare their entries; validation stopped',
    );
  });
});

describe('look-ups are indexed', () => {
  it('for contained resources, with any number of references', () => {
    let reads = 0;
    const count = 3000;
    const contained = Array.from({ length: count }, (_, at) => ({
      resourceType: 'Patient',
      get id() {
        reads++;
        return `p${at}`;
      },
    }));
    const performer = contained.map((_, at) => ({ reference: `#p${at}` }));
    expect(issuesOf(observation({ contained, performer })).length).toBeLessThan(500);
    expect(reads).toBeLessThan(count * 50);
  });

  it('for answers, with any number of dependent questions', () => {
    let reads = 0;
    const count = 3000;
    const questionnaire = {
      resourceType: 'Questionnaire' as const,
      status: 'active' as const,
      url: 'https://limits.example/q',
      item: [
        { linkId: 'a', type: 'boolean' as const, repeats: true },
        {
          linkId: 'b',
          type: 'string' as const,
          enableWhen: [{ question: 'a', operator: '=' as const, answerBoolean: true }],
        },
      ],
    };
    const answered = Array.from({ length: count }, () => ({
      get linkId() {
        reads++;
        return 'a';
      },
      answer: [{ valueBoolean: false }],
    }));
    const item = [
      ...answered,
      ...answered.map(() => ({ linkId: 'b', answer: [{ valueString: 'x' }] })),
    ];
    const response = {
      resourceType: 'QuestionnaireResponse',
      questionnaire: 'https://limits.example/q',
      status: 'completed',
      item,
    };
    validator.validate(response, { questionnaires: [questionnaire] });
    expect(reads).toBeLessThan(count * 20);
  });
});

describe('a language tag', () => {
  it.each([
    'en',
    'en-CA',
    'zh-Hans-CN',
    'zh-cmn-Hans',
    'sl-rozaj-biske',
    'de-1996',
    'es-419',
    'en-a-bbb-x-a-ccc',
  ])('is valid: %s', (tag) => expect(isLanguageTag(tag)).toBe(true));

  it.each(['x1', '', 'a', 'en-', 'en--CA', 'en-x', 'en-a', 'en CA', 'EN-ca-u'])(
    'is invalid: %s',
    (tag) => expect(isLanguageTag(tag)).toBe(false),
  );

  it('is invalid if it is very long', () => {
    expect(isLanguageTag(`en${'-aaaaa-b'.repeat(100_000)}`)).toBe(false);
  });
});
