// Maps assessment and screening to QuestionnaireResponses and back. Records are read from these responses.
import type { QuestionnaireResponse, Reference } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { type Block, narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import {
  assessmentForm,
  canonicalOf,
  contactForm,
  type Form,
  forms,
  screeningForm,
} from '../codec/forms.ts';
import { itemsOf } from '../codec/items.ts';
import type { ReadContext } from '../codec/leaf.ts';
import { readObjectItems, writeObjectItems } from '../codec/response.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
} from '../context.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';

const PART = { assessment: 'qa', screening: 'qs' } as const;
const STATUS = {
  draft: 'in-progress',
  final: 'completed',
  amended: 'amended',
  'entered-in-error': 'entered-in-error',
} as const;

/** A reference to the visit's assessment response. */
export function assessmentReference({ visitScope }: Context): Reference<QuestionnaireResponse> {
  return reference('QuestionnaireResponse', identifierValue(visitScope, 'qa'), 'Assessment');
}

/** A reference to the visit's screening response. */
export function screeningReference({ visitScope }: Context): Reference<QuestionnaireResponse> {
  return reference('QuestionnaireResponse', identifierValue(visitScope, 'qs'), 'Screening');
}

/** A reference to the visit's session. */
export function procedureReference({ visitScope }: Context): Reference {
  return reference('Procedure', identifierValue(visitScope, 'proc'), 'Needling session');
}

/** The responses of the record: one for each form with any value in the record. */
export function responsesToFhir(context: Context): MappedResource[] {
  return formsOf(context).map(({ form, values }) => responseToFhir(context, form, values));
}

/** References to the responses of the record. */
export function responseReferences(context: Context): Reference<QuestionnaireResponse>[] {
  return formsOf(context).map(({ form }) =>
    form.section === 'screening' ? screeningReference(context) : assessmentReference(context),
  );
}

function formsOf({ record }: Context) {
  const first = record.kind === 'contact' ? contactForm : assessmentForm;
  return [first, screeningForm].flatMap((form) => {
    const values = valuesOf(record, form);
    return values === undefined ? [] : [{ form, values }];
  });
}

/** The values of a form as one object; undefined where the record has no value for it. */
function valuesOf(record: ImsRecord, form: Form): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = { ...record[form.section] };
  for (const name of Object.keys(form.otherMembers)) {
    const value = record[name as keyof ImsRecord];
    if (value !== undefined) values[name] = value;
  }
  const isPresent = record[form.section] !== undefined || Object.keys(values).length > 0;
  return isPresent ? values : undefined;
}

function responseToFhir(
  context: Context,
  form: Form,
  values: Record<string, unknown>,
): MappedResource {
  const { record, subject, encounter, performers, visitScope, recordExtension } = context;
  const part = PART[form.section];
  const { item, extension } = writeObjectItems(values, itemsOf(form));
  const [author] = performers;
  const resource: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    meta: metaForProfile(part),
    text: { status: 'generated', div: narrativeDiv(narrativeOf(context, form, values)) },
    extension: [recordExtension, ...(extension ?? [])],
    identifier: ourIdentifier(identifierValue(visitScope, part)),
    questionnaire: canonicalOf(form),
    status: STATUS[record.status],
    subject,
    encounter,
    authored: record.recordedAt,
    ...defined({ author, item }),
  };
  return mappedResource(visitScope, { part }, resource);
}

function narrativeOf(context: Context, form: Form, values: Record<string, unknown>): Block[] {
  const { record, safety } = context;
  return [
    ...recordNotices(record),
    ...safety,
    { heading: form.title, lines: renderObject(values, form.members, namesOf(record)) },
  ];
}

/** The form that a response answers, by its canonical URL without the version. */
export function formOf({ questionnaire }: QuestionnaireResponse): Form | undefined {
  const [url] = (questionnaire ?? '').split('|');
  return forms.find((form) => form.url === url);
}

/** The sections of a record that a response was written from. */
export function responseFromFhir(
  resource: QuestionnaireResponse,
  form: Form,
  reading: ReadContext,
): Partial<ImsRecord> {
  const values = readObjectItems(resource, itemsOf(form), reading);
  const section: Record<string, unknown> = {};
  const otherMembers: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    (name in form.otherMembers ? otherMembers : section)[name] = value;
  }
  const own = Object.keys(section).length === 0 ? {} : { [form.section]: section };
  return { ...own, ...otherMembers };
}
