// The two forms of a visit: which members of a record each Questionnaire asks for. A linkId is the
// path of the member without the section the form is about, and is never used for another meaning.
import { CANONICAL, PROFILE_VERSION } from '../../fhir/canonical.ts';
import type { Members } from '../../ims/schema/members.ts';
import { record } from '../../ims/schema/record.ts';

const { assessment, screening, episode, consents, refusals, events, contacts, patientFacts } =
  record.members;
const beside = { episode, consents, refusals, events, contacts, patientFacts };

/** One form: its canonical, its items, and the section whose members stand at its root. */
export interface Form {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** The section whose own members and notes stand at the root. */
  readonly section: 'assessment' | 'screening';
  readonly root: Members;
  /** Other members of the record that stand at the root under their own names. */
  readonly beside: Members;
  /** Every member at the root: both of the above. */
  readonly members: Members;
}

/** What the visit found, and its own copy of what belongs to the episode, consents and events. */
export const assessmentForm: Form = {
  id: 'ims-assessment',
  url: `${CANONICAL}/Questionnaire/ims-assessment`,
  title: 'IMS assessment',
  description:
    'Assessment of a visit for intramuscular stimulation, with what the visit says of its episode, consents and events.',
  section: 'assessment',
  root: assessment.members,
  beside,
  members: { ...assessment.members, ...beside },
};

/** The same of a contact without a visit: a call, a message, a letter. */
export const contactForm: Form = {
  id: 'ims-contact',
  url: `${CANONICAL}/Questionnaire/ims-contact`,
  title: 'IMS contact',
  description: 'A telephone call, message or letter without a visit, with what was learned by it.',
  section: 'assessment',
  root: assessment.members,
  beside,
  members: { ...assessment.members, ...beside },
};

/** The contraindication screening. */
export const screeningForm: Form = {
  id: 'ims-contraindication-screen',
  url: `${CANONICAL}/Questionnaire/ims-contraindication-screen`,
  title: 'IMS contraindication screening',
  description:
    'Screening for contraindications and precautions before needling. Every answer is one of yes, no, unknown, not asked, declined, not applicable.',
  section: 'screening',
  root: screening.members,
  beside: {},
  members: screening.members,
};

/** All forms. */
export const forms: readonly Form[] = [assessmentForm, contactForm, screeningForm];

/** The canonical that a response names. */
export function canonicalOf(form: Form): string {
  return `${form.url}|${PROFILE_VERSION}`;
}
