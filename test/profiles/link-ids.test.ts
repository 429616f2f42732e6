// Stored responses are read by linkId. An item that gets another linkId, or a linkId that gets another
// meaning, would make them unreadable or wrong.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { questionnaireOf } from '../../profiles/scripts/questionnaire.ts';
import { forms } from '../../src/mapping/codec/forms.ts';

/** The linkIds of a form with type and value set; the retired ones with the reason. */
interface FormIds {
  readonly items: Readonly<Record<string, string>>;
  readonly retired: Readonly<Record<string, string>>;
}

const FILE = join(import.meta.dirname, 'link-ids.json');
const committed = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, FormIds>;

function meaningsOf(items: readonly QuestionnaireItem[] = []): [string, string][] {
  return items.flatMap(({ linkId, type, answerValueSet, item }): [string, string][] => {
    const set = answerValueSet?.split('/').at(-1);
    return [[linkId, set === undefined ? type : `${type} ${set}`], ...meaningsOf(item)];
  });
}

const current = forms.map((form) => {
  const listed = committed[form.id] ?? { items: {}, retired: {} };
  return { id: form.id, listed, items: Object.fromEntries(meaningsOf(questionnaireOf(form).item)) };
});

describe.each(current)('linkIds of $id', ({ listed, items }) => {
  it('keep their type and value set', () => {
    expect(items).toMatchObject(listed.items);
  });

  it('are not reused after they were retired', () => {
    expect(Object.keys(listed.retired).filter((linkId) => linkId in items)).toEqual([]);
  });
});

describe('the list of linkIds', () => {
  // `npm test -- test/profiles -u` adds new linkIds; it never changes the listed ones.
  it('is complete', async () => {
    const complete = Object.fromEntries(
      current.map(({ id, listed, items }) => [
        id,
        { items: { ...items, ...listed.items }, retired: listed.retired },
      ]),
    );
    await expect(`${JSON.stringify(complete, null, 2)}\n`).toMatchFileSnapshot(FILE);
  });
});
