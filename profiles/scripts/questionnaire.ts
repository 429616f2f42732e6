// Generates the Questionnaires from the same items that the mapping reads and writes, so that they never
// differ. Answers are bound to value sets; listing the codes would make a Questionnaire ten times larger.
import type { Coding, Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { CANONICAL, PROFILE_VERSION, UCUM } from '../../src/fhir/canonical.ts';
import type { CodeSet } from '../../src/ims/codes/code-set.ts';
import type { Leaf, Member, Members } from '../../src/ims/schema/members.ts';
import { type Form, forms } from '../../src/mapping/codec/forms.ts';
import { type Item, itemsOf, RANGE_ENDS } from '../../src/mapping/codec/items.ts';
import { unitOf } from '../../src/mapping/codec/leaf.ts';
import { END_LABEL } from '../../src/mapping/codec/response.ts';
import { categoryCoding } from '../../src/mapping/observations/observation.ts';
import { coding } from '../../src/terminology/codes.ts';
import { extractedAs } from './extraction.ts';

/** R4's extensions for a hidden item and for the unit of a quantity. */
const HIDDEN_URL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden';
const UNIT_OPTION_URL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption';
/** SDC's extensions for an item that becomes an Observation. The SDC package is not installed. */
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition';
const EXTRACT_URL = `${SDC}/sdc-questionnaire-observationExtract`;
const EXTRACT_CATEGORY_URL = `${SDC}/sdc-questionnaire-observation-extract-category`;

/** Canonical of the value set for a code set. */
export function valueSetUrl({ name }: Pick<CodeSet, 'name'>): string {
  return `${CANONICAL}/ValueSet/ims-${name}`;
}

/** All Questionnaires by file name. */
export function questionnaires(): Map<string, object> {
  return new Map(forms.map((form) => [`Questionnaire-${form.id}.json`, questionnaireOf(form)]));
}

/** The Questionnaire of a form. Its linkIds are the paths of the members. */
export function questionnaireOf(form: Form): Questionnaire {
  const { id, url, title, description } = form;
  return {
    resourceType: 'Questionnaire',
    id,
    url,
    version: PROFILE_VERSION,
    name: computerName(id),
    title,
    status: 'active',
    experimental: false,
    subjectType: ['Patient'],
    description,
    item: itemsOf(form).children.flatMap((item) => questionnaireItems(item, form.root)),
  };
}

/** `ims-assessment` as a computer-friendly name: `ImsAssessment`. */
function computerName(id: string): string {
  return id.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

/** The item of a member of `siblings`, followed by an item for each end if it can be a range. */
function questionnaireItems(item: Item, siblings: Members): QuestionnaireItem[] {
  const { linkId, label, leaf } = item;
  if (leaf === undefined) return [groupItem(item)];
  const { extension = [], ...answer } = answerOf(leaf);
  const { extraction = [], ...question } = questionOf(item, siblings);
  const printed = {
    ...withExtensions([...extension, ...extraction]),
    linkId,
    ...question,
    text: label,
    ...answer,
    ...cardinalityOf(item),
  };
  if (leaf.kind !== 'number') return [printed];
  const ends = RANGE_ENDS.map((end) => ({
    ...withExtensions(extension),
    linkId: `${linkId}.${end}`,
    text: `${label}, ${END_LABEL[end]}`,
    ...answer,
  }));
  return [printed, ...ends];
}

function withExtensions(extension: Extension[]): { extension?: Extension[] } {
  return extension.length === 0 ? {} : { extension };
}

function groupItem(item: Item): QuestionnaireItem {
  const { linkId, label: text, children, member } = item;
  const members = membersIn(member);
  const items = children.flatMap((child) => questionnaireItems(child, members));
  return { linkId, text, type: 'group', ...cardinalityOf(item), item: items };
}

function membersIn(member: Member | undefined): Members {
  if (member?.kind === 'group') return member.members;
  return member?.kind === 'list' ? member.of.members : {};
}

/** The code of the Observation that the item becomes, with SDC's extensions to extract the same. */
function questionOf(
  { name }: Item,
  siblings: Members,
): { code?: Coding[]; extraction?: readonly Extension[] } {
  const observation = extractedAs(siblings, name);
  if (observation === undefined) return {};
  const category = { coding: [categoryCoding(observation.category)] };
  return {
    code: [coding(observation.code)],
    extraction: [
      { url: EXTRACT_URL, valueBoolean: true },
      { url: EXTRACT_CATEGORY_URL, valueCodeableConcept: category },
    ],
  };
}

/** A member that the chart's own words can replace is not required here; the record's rules check it. */
function cardinalityOf({ member }: Item): Pick<QuestionnaireItem, 'required' | 'repeats'> {
  const repeats = member !== undefined && REPEATING.has(member.kind);
  return {
    ...(member?.need === 'required' ? { required: true } : {}),
    ...(repeats ? { repeats: true } : {}),
  };
}

const REPEATING: ReadonlySet<string> = new Set(['list', 'codes', 'keys', 'ids']);

type Answer = Pick<QuestionnaireItem, 'extension' | 'type' | 'answerValueSet'>;

/** The type of the answer, as the mapping writes it. */
function answerOf(leaf: Leaf): Answer {
  switch (leaf.kind) {
    case 'code':
    case 'codes':
      return { type: 'choice', answerValueSet: valueSetUrl(leaf.set) };
    case 'number':
      return numberAnswer(unitOf(leaf));
    case 'count':
      return { type: 'integer' };
    case 'instant':
      return { type: 'dateTime' };
    case 'date':
    case 'day':
      return { type: 'date' };
    case 'uri':
      return { type: 'url' };
    case 'text':
      return { type: 'text' };
    case 'key':
      return { extension: [{ url: HIDDEN_URL, valueBoolean: true }], type: 'string' };
    case 'local':
      throw new TypeError("The clinic's own extensions are not an item of a form.");
    default:
      return { type: 'string' };
  }
}

function numberAnswer(unit: string | undefined): Answer {
  return unit === undefined
    ? { type: 'decimal' }
    : { extension: [unitOption(unit)], type: 'quantity' };
}

function unitOption(unit: string): Extension {
  const valueCoding: Coding = { system: UCUM, code: unit, display: unit };
  return { url: UNIT_OPTION_URL, valueCoding };
}
