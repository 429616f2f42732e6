import { describe, expect, it } from 'vitest';
import { createValidator } from '../../src/definitions/published.ts';
import { isLanguageTag } from '../../src/validation/compile/language-tag.ts';
import { hasContent, isNarrative, MAX_NARRATIVE } from '../../src/validation/fhirpath/narrative.ts';

const validator = createValidator();
const XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">';

function observation(more: object): object {
  return { resourceType: 'Observation', status: 'final', code: { text: 'a' }, ...more };
}

/** Codes and messages; faults of hundreds of places are counted. */
function told(resource: object): string[] {
  return validator.validate(resource).map(({ code, message }) => `${code}: ${message}`);
}

describe('a narrative is looked through once', () => {
  // Each took minutes at this length while every `<` was followed to the end of the text.
  it.each([
    ['tags that never end', `${XHTML}<p>a</p>${'<'.repeat(1_000_000)}`],
    ['a first tag that never ends', `<div ${'<'.repeat(1_000_000)}`],
    ['comments that never end', `${XHTML}${'<!--'.repeat(250_000)}</div>`],
    ['tags that begin and never end', `${XHTML}${'<p '.repeat(300_000)}</div>`],
    ['attributes that never end', `${XHTML}${'<p title="'.repeat(100_000)}`],
    ['blanks', `${XHTML}<p title${' '.repeat(1_000_000)}x></p></div>`],
    ['elements in elements', `${XHTML}${'<b>'.repeat(300_000)}</div>`],
    ['tags and blanks', `${XHTML}${'<b> </b>'.repeat(100_000)}${'<'.repeat(100_000)}`],
  ])('%s', (_what, narrative) => {
    expect(isNarrative(narrative)).toBe(false);
    expect(typeof hasContent(narrative)).toBe('boolean');
  });

  it('and not at all when it is longer than R4 allows', () => {
    const long = `${XHTML}${'a'.repeat(MAX_NARRATIVE)}</div>`;
    expect(isNarrative(long)).toBe(false);
    const text = { status: 'generated', div: long };
    expect(told(observation({ text }))).toContain('too-long: must be at most 1 MB long');
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
  it('after 500 faults, and says so last', () => {
    let visited = 0;
    const component = Array.from({ length: 5000 }, () => ({
      get heard() {
        visited++;
        return 'of';
      },
    }));
    const issues = validator.validate(observation({ component }));
    expect(issues.length).toBe(501);
    expect(issues.at(-1)).toMatchObject({ severity: 'error', code: 'too-costly', path: '' });
    // Once each for the depth, and then those that come first.
    expect(visited).toBeLessThan(5000 + 1000);
  });

  it('but not for what it cannot check, of which it lists 500', () => {
    const extension = Array.from({ length: 2000 }, (_, at) => ({
      url: `https://unheard.example/${at}`,
      valueString: 'a',
    }));
    const issues = validator.validate(observation({ extension, status: 'unheard-of' }));
    expect(issues.filter(({ severity }) => severity === 'information').length).toBe(500);
    expect(issues.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('after 10,000 repetitions of one fault', () => {
    const profile = Array(20_000).fill('http://hl7.org/fhir/StructureDefinition/bp');
    const issues = told(observation({ meta: { profile } }));
    expect(issues.at(-1)).toMatch(/validation stopped/);
    expect(issues.length).toBeLessThan(20);
  });

  it('where rules would compare each of thousands with each of thousands', () => {
    const coding = (code: string) => Array.from({ length: 10_000 }, () => ({ code }));
    const resource = observation({
      code: { coding: coding('a') },
      valueString: 'x',
      component: [{ code: { coding: coding('b') } }],
    });
    expect(told(resource)).toContain(
      'too-costly: has lists that are too long to compare their entries; validation stopped',
    );
  });
});

describe('what is looked up is looked up once', () => {
  it('contained resources, however many refer to them', () => {
    let asked = 0;
    const count = 3000;
    const contained = Array.from({ length: count }, (_, at) => ({
      resourceType: 'Patient',
      get id() {
        asked++;
        return `p${at}`;
      },
    }));
    const performer = contained.map((_, at) => ({ reference: `#p${at}` }));
    expect(told(observation({ contained, performer })).length).toBeLessThan(500);
    expect(asked).toBeLessThan(count * 50);
  });

  it('answers, however many questions depend on them', () => {
    let asked = 0;
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
    const given = Array.from({ length: count }, () => ({
      get linkId() {
        asked++;
        return 'a';
      },
      answer: [{ valueBoolean: false }],
    }));
    const item = [...given, ...given.map(() => ({ linkId: 'b', answer: [{ valueString: 'x' }] }))];
    const response = {
      resourceType: 'QuestionnaireResponse',
      questionnaire: 'https://limits.example/q',
      status: 'completed',
      item,
    };
    validator.validate(response, { questionnaires: [questionnaire] });
    expect(asked).toBeLessThan(count * 20);
  });
});

describe('a language tag', () => {
  it.each(['en', 'en-CA', 'zh-Hans-CN', 'zh-cmn-Hans', 'sl-rozaj-biske', 'de-1996', 'es-419'])(
    'may be %s',
    (tag) => expect(isLanguageTag(tag)).toBe(true),
  );

  it.each(['en-a-bbb-x-a-ccc', 'x1', '', 'a', 'en-', 'en--CA', 'en-x', 'en-a', 'en CA', 'EN-ca-u'])(
    'is told apart: %s',
    (tag) => expect(isLanguageTag(tag)).toBe(tag === 'en-a-bbb-x-a-ccc'),
  );

  it('of any length takes no time', () => {
    expect(isLanguageTag(`en${'-aaaaa-b'.repeat(100_000)}`)).toBe(false);
  });
});
