// Maps a section of the record to the items of a QuestionnaireResponse and back. Texts and displays are
// written for readers only. Reading does not depend on the order of items and ignores empty groups and
// unknown extensions.

import type {
  Extension,
  QuestionnaireResponseItemAnswer as ResponseAnswer,
  QuestionnaireResponseItem as ResponseItem,
} from '@medplum/fhirtypes';
import { warningIssue } from '../../errors.ts';
import { structureUrl } from '../../fhir/canonical.ts';
import type { DateValue, General, Leaf, ObjectValues } from '../../ims/schema/members.ts';
import { presentOrNoted } from '../../ims/schema/present-members.ts';
import { dataAbsentReason, readDataAbsentReason } from '../../terminology/answers.ts';
import { type Item, RANGE_ENDS } from './items.ts';
import { type FhirValue, type ReadContext, readLeaf, type Scalar, writeLeaf } from './leaf.ts';
import { type MutableNotes, readNotes, writeNotes } from './notes.ts';

/** Extension with the chart's own words for a value, with or without the value. */
export const AS_WRITTEN_URL = structureUrl('as-written');
/** Extension with the chart's own words for a date. */
export const DATE_TEXT_URL = structureUrl('date-text');
/** Extension with the latest possible day of a date known in words. */
export const LATEST_DATE_URL = structureUrl('latest-date');
/** FHIR's extension with the reason why a value is missing. */
export const DATA_ABSENT_URL = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** One object in a response: the items of its members and the extension with its notes. */
export interface ObjectItems {
  readonly item?: ResponseItem[];
  readonly extension?: Extension[];
}

/** Writes an object whose members are the children of `root`. */
export function writeObjectItems(values: ObjectValues, root: Item): ObjectItems {
  const item: ResponseItem[] = [];
  for (const child of presentOrNoted(values, root.byName)) writeItem(values, child, item);
  const notes = writeNotes(ownNotes(values, root), { withText: false });
  return {
    ...(notes === undefined ? {} : { extension: [notes] }),
    ...(item.length === 0 ? {} : { item }),
  };
}

/** The notes of the object itself: words and absences of its leaves are written on their items. */
function ownNotes(values: General, root: Item): General {
  const { asWritten, absent, ...rest } = values;
  if (asWritten === undefined && absent === undefined) return values;
  const isOfLeaf = (name: string) => root.byName.get(name)?.leaf !== undefined;
  const ofObject = <T>(map: Readonly<Record<string, T>> | undefined) =>
    Object.fromEntries(Object.entries(map ?? {}).filter(([name]) => !isOfLeaf(name)));
  return { ...rest, asWritten: ofObject(asWritten), absent: ofObject(absent) };
}

function writeItem(values: ObjectValues, child: Item, into: ResponseItem[]): void {
  const value = values[child.name];
  if (child.leaf !== undefined) writeLeafItem(values, child, into);
  else if (value === undefined) return;
  else {
    const entries = (child.member?.kind === 'list' ? value : [value]) as ObjectValues[];
    for (const entry of entries) {
      into.push({ linkId: child.linkId, text: child.label, ...writeObjectItems(entry, child) });
    }
  }
}

function writeLeafItem(values: ObjectValues, child: Item, into: ResponseItem[]): void {
  const { name, leaf, linkId, label } = child;
  if (leaf === undefined) return;
  const value = values[name];
  if (value === undefined && hasNoNotes(values)) return;
  const extension = leafNotes(values, name, value);
  const answer = answersOf(leaf, value);
  if (answer.length > 0 || extension.length > 0) {
    into.push({
      ...(extension.length === 0 ? {} : { extension }),
      linkId,
      text: label,
      ...(answer.length === 0 ? {} : { answer }),
    });
  }
  if (leaf.kind !== 'number' || typeof value !== 'object') return;
  for (const end of RANGE_ENDS) {
    const limit = (value as ObjectValues)[end];
    if (limit === undefined) continue;
    const answer = [writeLeaf(leaf, limit as Scalar)];
    into.push({ linkId: `${linkId}.${end}`, text: `${label}, ${END_LABEL[end]}`, answer });
  }
}

/** True for an object that gives neither words nor reasons for missing values. */
function hasNoNotes({ asWritten, absent }: General): boolean {
  return asWritten === undefined && absent === undefined;
}

/** Labels for the ends of a range. */
export const END_LABEL = { low: 'at least', high: 'at most' } as const;

function answersOf(leaf: Leaf, value: unknown): ResponseAnswer[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map((item) => writeLeaf(leaf, item as Scalar));
  if (typeof value !== 'object') return [writeLeaf(leaf, value as Scalar)];
  const date = leaf.kind === 'date' ? (value as { date?: string }).date : undefined;
  return date === undefined ? [] : [writeLeaf(leaf, date)];
}

function leafNotes(values: General, name: string, value: unknown): Extension[] {
  const found: Extension[] = [];
  const words = values.asWritten?.[name];
  const absent = values.absent?.[name];
  if (words !== undefined) found.push({ url: AS_WRITTEN_URL, valueString: words });
  if (absent !== undefined) {
    found.push({ url: DATA_ABSENT_URL, valueCode: dataAbsentReason(absent).code ?? 'unknown' });
  }
  if (typeof value === 'object' && value !== null && 'dateText' in value) {
    const { dateText, latestDate } = value as { dateText: string; latestDate?: string };
    found.push({ url: DATE_TEXT_URL, valueString: dateText });
    if (latestDate !== undefined) found.push({ url: LATEST_DATE_URL, valueDate: latestDate });
  }
  return found;
}

/** Reads an object whose members are the children of `root`. */
export function readObjectItems(from: ObjectItems, root: Item, reading: ReadContext): ObjectValues {
  const notes: MutableNotes = readNotes(from.extension);
  const values: Record<string, unknown> = {};
  const byLinkId = Map.groupBy(from.item ?? [], ({ linkId }) => linkId ?? '');
  for (const linkId of byLinkId.keys()) {
    if (!root.byLinkId.has(linkId)) issue(reading, 'unknown-item', `unknown item: ${linkId}`);
  }
  for (const child of root.children) {
    const items = byLinkId.get(child.linkId) ?? [];
    const value = readItem(items, { child, byLinkId, reading });
    if (value !== undefined) values[child.name] = value;
    if (child.leaf !== undefined) readLeafNotes(items, child.name, notes);
  }
  return { ...notes, ...values };
}

interface ItemContext {
  readonly child: Item;
  readonly byLinkId: ReadonlyMap<string, ResponseItem[]>;
  readonly reading: ReadContext;
}

function readItem(items: ResponseItem[], context: ItemContext): unknown {
  const { child, byLinkId } = context;
  const { issues, path } = context.reading;
  const reading = { issues, path: `${path}.item.where(linkId='${child.linkId}')` };
  if (child.leaf !== undefined) {
    return readLeafItems(items, child.leaf, { child, byLinkId, reading });
  }
  const objects = items.map((item) => readObjectItems(item, child, reading)).filter(hasMembers);
  if (child.member?.kind === 'list') return objects.length === 0 ? undefined : objects;
  if (objects.length > 1)
    issue(reading, 'twice', 'at most one answer is allowed; the first is read');
  return objects[0];
}

function hasMembers(values: ObjectValues): boolean {
  return Object.keys(values).length > 0;
}

function readLeafItems(items: ResponseItem[], leaf: Leaf, context: ItemContext): unknown {
  const { reading } = context;
  const answers = items.flatMap(({ answer }) => answer ?? []);
  const values = answers.flatMap((answer) => readLeaf(leaf, answer as FhirValue, reading) ?? []);
  if (leaf.kind === 'codes' || leaf.kind === 'keys' || leaf.kind === 'ids') {
    return values.length === 0 ? undefined : values.sort();
  }
  if (values.length > 1)
    issue(reading, 'twice', 'at most one answer is allowed; the first is read');
  if (leaf.kind === 'number') return values[0] ?? readRange(leaf, context);
  return leaf.kind === 'date' ? readDate(items, values[0]) : values[0];
}

function readRange(leaf: Leaf, { child, byLinkId, reading }: ItemContext): unknown {
  const ends = RANGE_ENDS.flatMap((end): [string, Scalar][] => {
    const items = byLinkId.get(`${child.linkId}.${end}`) ?? [];
    const [first] = items.flatMap(({ answer }) => answer ?? []);
    if (first === undefined) return [];
    const value = readLeaf(leaf, first as FhirValue, reading);
    return value === undefined ? [] : [[end, value]];
  });
  return ends.length === 0 ? undefined : Object.fromEntries(ends);
}

function readDate(items: ResponseItem[], date: Scalar | undefined): DateValue | undefined {
  const dateText = extensionOf(items, DATE_TEXT_URL)?.valueString;
  const latestDate = extensionOf(items, LATEST_DATE_URL)?.valueDate;
  if (dateText === undefined) return date === undefined ? undefined : String(date);
  return {
    dateText,
    ...(date === undefined ? {} : { date: String(date) }),
    ...(latestDate === undefined ? {} : { latestDate }),
  };
}

function readLeafNotes(items: ResponseItem[], name: string, notes: MutableNotes): void {
  const words = extensionOf(items, AS_WRITTEN_URL)?.valueString;
  const reason = extensionOf(items, DATA_ABSENT_URL)?.valueCode;
  const absent = reason === undefined ? undefined : readDataAbsentReason(reason);
  if (words !== undefined) notes.asWritten = { ...notes.asWritten, [name]: words };
  if (absent !== undefined) notes.absent = { ...notes.absent, [name]: absent };
}

function extensionOf(items: ResponseItem[], url: string): Extension | undefined {
  for (const { extension } of items) {
    const found = extension?.find((candidate) => candidate.url === url);
    if (found !== undefined) return found;
  }
  return undefined;
}

function issue({ issues, path }: ReadContext, code: string, message: string): void {
  issues.push(warningIssue(code, path, message));
}
