// A form as a Questionnaire: printed from the items that both walkers follow, so the two never
// disagree. Bindings name our value sets; listing the codes here would make it ten times as large.
import type { Coding, Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { CANONICAL, PROFILE_VERSION, UCUM } from '../../src/fhir/canonical.ts';
import type { CodeSet } from '../../src/ims/codes/code-set.ts';
import type { Leaf, Member, Members } from '../../src/ims/schema/members.ts';
import type { Form } from '../../src/mapping/codec/forms.ts';
import { type Item, itemsOf, RANGE_ENDS } from '../../src/mapping/codec/items.ts';
import { unitOf } from '../../src/mapping/codec/leaf.ts';
import { END_LABEL } from '../../src/mapping/codec/response.ts';
import { categoryCoding } from '../../src/mapping/observations/observation.ts';
import { coding } from '../../src/terminology/codes.ts';
import { extractedAs } from './extraction.ts';

/** R4's own extensions for an item that is not shown and for the unit of a quantity. */
const HIDDEN_URL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden';
/** SDC's marks for an item that becomes an Observation; its package is not at hand, its names are. */
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition';
const EXTRACT_URL = `${SDC}/sdc-questionnaire-observationExtract`;
const EXTRACT_CATEGORY_URL = `${SDC}/sdc-questionnaire-observation-extract-category`;
const UNIT_OPTION_URL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption';

/** Canonical of the value set that holds the codes of `set`. */
export function valueSetUrl({ name }: Pick<CodeSet, 'name'>): string {
  return `${CANONICAL}/ValueSet/ims-${name}`;
}

/** The Questionnaire of a form; its linkIds are the paths of the members. */
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
    item: itemsOf(form).children.flatMap((item) => printItem(item, form.root)),
  };
}

/** `ims-assessment` as a name for programs: `ImsAssessment`. */
function computerName(id: string): string {
  return id.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

/** The item of a member of `among`; the two ends of a range follow it as items of their own. */
function printItem(item: Item, among: Members): QuestionnaireItem[] {
  const { linkId, label, leaf } = item;
  if (leaf === undefined) return [printGroup(item)];
  const { extension, ...answer } = answerOf(leaf);
  const before = extension === undefined ? {} : { extension };
  const { marks, ...question } = questionOf(item, among);
  const printed = {
    ...before,
    ...(marks === undefined ? {} : { extension: [...(extension ?? []), ...marks] }),
    linkId,
    ...question,
    text: label,
    ...answer,
    ...cardinalityOf(item),
  };
  if (leaf.kind !== 'number') return [printed];
  const ends = RANGE_ENDS.map((end) => ({
    ...before,
    linkId: `${linkId}.${end}`,
    text: `${label}, ${END_LABEL[end]}`,
    ...answer,
  }));
  return [printed, ...ends];
}

function printGroup(item: Item): QuestionnaireItem {
  const { linkId, label: text, children, member } = item;
  const among = membersIn(member);
  const inside = children.flatMap((child) => printItem(child, among));
  return { linkId, text, type: 'group', ...cardinalityOf(item), item: inside };
}

function membersIn(member: Member | undefined): Members {
  if (member?.kind === 'group') return member.members;
  return member?.kind === 'list' ? member.of.members : {};
}

/** What an Observation made of the item asks, marked so that an extractor makes the same. */
function questionOf(
  { name }: Item,
  among: Members,
): { code?: Coding[]; marks?: readonly Extension[] } {
  const extracted = extractedAs(among, name);
  if (extracted === undefined) return {};
  const category = { coding: [categoryCoding(extracted.category)] };
  return {
    code: [coding(extracted.code)],
    marks: [
      { url: EXTRACT_URL, valueBoolean: true },
      { url: EXTRACT_CATEGORY_URL, valueCodeableConcept: category },
    ],
  };
}

/** A member that the chart's own words may stand for is not required: the record sees to it. */
function cardinalityOf({ member }: Item): Pick<QuestionnaireItem, 'required' | 'repeats'> {
  const repeats = member !== undefined && REPEATING.has(member.kind);
  return {
    ...(member?.need === 'required' ? { required: true } : {}),
    ...(repeats ? { repeats: true } : {}),
  };
}

const REPEATING: ReadonlySet<string> = new Set(['list', 'codes', 'keys', 'ids']);

type Answer = Pick<QuestionnaireItem, 'extension' | 'type' | 'answerValueSet'>;

/** What an answer holds, exactly as a leaf is written. */
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
      throw new TypeError("a clinic's own extras are no item of a form");
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
