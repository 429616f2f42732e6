// A response is read by linkId for ever: an item that gets another name, or a name that gets another
// meaning, makes stored answers unreadable or wrong.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { questionnaireOf } from '../../profiles/scripts/questionnaire.ts';
import { forms } from '../../src/mapping/codec/forms.ts';

/** What a linkId of a form was given for; `retired` ones were taken out and say why. */
interface FormIds {
  readonly items: Readonly<Record<string, string>>;
  readonly retired: Readonly<Record<string, string>>;
}

const FILE = join(import.meta.dirname, 'link-ids.json');
const committed = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, FormIds>;

function meanings(items: readonly QuestionnaireItem[] = []): [string, string][] {
  return items.flatMap(({ linkId, type, answerValueSet, item }): [string, string][] => {
    const set = answerValueSet?.split('/').at(-1);
    return [[linkId, set === undefined ? type : `${type} ${set}`], ...meanings(item)];
  });
}

const current = forms.map((form) => {
  const known = committed[form.id] ?? { items: {}, retired: {} };
  return { id: form.id, known, items: Object.fromEntries(meanings(questionnaireOf(form).item)) };
});

describe.each(current)('linkIds of $id', ({ known, items }) => {
  it('still mean what they meant: none is renamed, none asks for something else', () => {
    expect(items).toMatchObject(known.items);
  });

  it('that were retired are not used again', () => {
    expect(Object.keys(known.retired).filter((linkId) => linkId in items)).toEqual([]);
  });
});

describe('the list of linkIds', () => {
  // `vitest run test/profiles -u` adds new ones; what is listed already is never changed by it.
  it('is complete', async () => {
    const complete = Object.fromEntries(
      current.map(({ id, known, items }) => [
        id,
        { items: { ...items, ...known.items }, retired: known.retired },
      ]),
    );
    await expect(`${JSON.stringify(complete, null, 2)}\n`).toMatchFileSnapshot(FILE);
  });
});
