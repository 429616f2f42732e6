// The Questionnaires, printed from the forms that the mapping walks.
import { forms } from '../../src/mapping/forms.ts';
import { questionnaireOf } from '../../src/mapping/questionnaire.ts';

/** One Questionnaire a form, by file name. */
export function questionnaires(): Map<string, object> {
  return new Map(forms.map((form) => [`Questionnaire-${form.id}.json`, questionnaireOf(form)]));
}
