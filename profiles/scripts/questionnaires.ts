// The Questionnaires, printed from the forms that the mapping walks.
import { forms } from '../../src/mapping/codec/forms.ts';
import { questionnaireOf } from './questionnaire.ts';

/** One Questionnaire a form, by file name. */
export function questionnaires(): Map<string, object> {
  return new Map(forms.map((form) => [`Questionnaire-${form.id}.json`, questionnaireOf(form)]));
}
