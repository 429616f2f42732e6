// Lists the Questionnaires with the members of a record that each contains. The linkId of an item is the
// path of its member without the section of the form, and is never reused for another meaning.
import { CANONICAL, PROFILE_VERSION } from '../../fhir/canonical.ts';
import type { Members } from '../../ims/schema/members.ts';
import { record } from '../../ims/schema/record.ts';

const { assessment, screening, episode, consents, refusals, events, contacts, patientFacts } =
  record.members;
const otherMembers = { episode, consents, refusals, events, contacts, patientFacts };

/** One Questionnaire and the members of a record that are its items. */
export interface Form {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** The section of the record whose members and notes are at the root of the form. */
  readonly section: 'assessment' | 'screening';
  readonly root: Members;
  /** Members of other sections of the record, which are items at the root too. */
  readonly otherMembers: Members;
  /** All members at the root: `root` and `otherMembers`. */
  readonly members: Members;
}

/** The assessment of a visit, with the visit's own copy of its episode, consents and events. */
export const assessmentForm: Form = {
  id: 'ims-assessment',
  url: `${CANONICAL}/Questionnaire/ims-assessment`,
  title: 'IMS assessment',
  description:
    'Assessment of a visit for intramuscular stimulation, with the episode, consents and events as recorded at the visit.',
  section: 'assessment',
  root: assessment.members,
  otherMembers,
  members: { ...assessment.members, ...otherMembers },
};

/** A contact without a visit: a telephone call, a message, a letter. */
export const contactForm: Form = {
  id: 'ims-contact',
  url: `${CANONICAL}/Questionnaire/ims-contact`,
  title: 'IMS contact',
  description:
    'A telephone call, message or letter without a visit, with the information received.',
  section: 'assessment',
  root: assessment.members,
  otherMembers,
  members: { ...assessment.members, ...otherMembers },
};

/** The screening for contraindications. */
export const screeningForm: Form = {
  id: 'ims-contraindication-screen',
  url: `${CANONICAL}/Questionnaire/ims-contraindication-screen`,
  title: 'IMS contraindication screening',
  description:
    'Screening for contraindications and precautions before needling. Each answer is yes, no, unknown, not asked, declined or not applicable.',
  section: 'screening',
  root: screening.members,
  otherMembers: {},
  members: screening.members,
};

/** All forms. */
export const forms: readonly Form[] = [assessmentForm, contactForm, screeningForm];

/** The canonical URL of a form with its version, as responses reference it. */
export function canonicalOf(form: Form): string {
  return `${form.url}|${PROFILE_VERSION}`;
}
