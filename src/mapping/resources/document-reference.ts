// Documents, notes and the body chart of a record <-> DocumentReference, the bytes inside. Nothing structured rests
// on them: a server that takes none loses the files and nothing else.
import type { DocumentReference, Extension } from '@medplum/fhirtypes';
import { bodyChart } from '../../chart/body-chart.ts';
import { xhtml } from '../../chart/narrative.ts';
import { type NumberedSite, numberedSites } from '../../chart/numbered-sites.ts';
import { pictureToSvg } from '../../chart/svg.ts';
import { RECORD_SYSTEM, structureUrl } from '../../fhir/canonical.ts';
import { documents, type ImsDocument, type Note, notes } from '../../ims/schema/documents.ts';
import type { Members } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept } from '../../terminology/concepts.ts';
import { readMembers, writeMembers } from '../codec/extension.ts';
import type { ReadContext } from '../codec/leaf.ts';
import { type Context, type MappedResource, mappedResource, metaForProfile } from '../context.ts';
import {
  identifierValue,
  ourIdentifier,
  type ParsedIdentifier,
  parseIdentifier,
} from '../identity.ts';
import { identifiersOf } from '../resource-index.ts';

const { title, sha256, author, date } = documents.of.members;
const DOCUMENT_MEMBERS = { title, sha256, author, date } as const;
const { author: writer, at, date: day } = notes.of.members;
const NOTE_MEMBERS = { author: writer, at, date: day } as const;
/** The extension that holds what DocumentReference has no element for. */
export const FILE_URL = structureUrl('ims-file');
/** What it may hold, of a document or of a note. */
export const FILE_MEMBERS = { ...DOCUMENT_MEMBERS, ...NOTE_MEMBERS } as const;

const STATUS = {
  draft: 'preliminary',
  final: 'final',
  amended: 'amended',
  'entered-in-error': 'entered-in-error',
} as const;

/** One DocumentReference a document, one a note, and one for the drawing of where the needle went. */
export function filesToFhir(context: Context): MappedResource[] {
  const { documents: files = [], notes: words = [] } = context.record;
  return [
    ...files.map((one) => documentToFhir(context, one)),
    ...words.map((one) => noteToFhir(context, one)),
    ...bodyChartToFhir(context),
  ];
}

function documentToFhir(context: Context, one: ImsDocument): MappedResource {
  const { contentType, data, key } = one;
  const attachment = {
    contentType,
    data,
    ...(one.title === undefined ? {} : { title: one.title }),
  };
  const extension = partsOf(one, DOCUMENT_MEMBERS);
  return fileToFhir(context, {
    ...{ part: 'doc', key, attachment, extension },
    says: [one.title ?? 'Document'],
  });
}

function noteToFhir(context: Context, one: Note): MappedResource {
  const attachment = {
    contentType: 'text/plain; charset=utf-8',
    data: Buffer.from(one.text, 'utf8').toString('base64'),
  };
  const extension = partsOf(one, NOTE_MEMBERS);
  const says = [one.text];
  return fileToFhir(context, { part: 'note', key: one.key, attachment, extension, says });
}

/**
 * The body chart of a session that names a site, as SVG. Drawn anew from the record at every push, so
 * it is never read back; a session without a site has nothing to draw.
 */
function bodyChartToFhir(context: Context): MappedResource[] {
  const { record, findings, detected } = context;
  const sites = numberedSites(record);
  if (sites.length === 0) return [];
  const drawing = pictureToSvg(bodyChart(record, { findings, detected }), 'Body chart');
  const attachment = {
    contentType: 'image/svg+xml',
    data: Buffer.from(drawing, 'utf8').toString('base64'),
    title: 'Body chart',
  };
  const says = ['Front and back of the body, with these sites:', ...sites.map(sayFirst)];
  return [fileToFhir(context, { part: 'chart', attachment, extension: [], says })];
}

function sayFirst({ number, isNeedled, lines }: NumberedSite): string {
  return `${number}. ${isNeedled ? '' : 'NOT NEEDLED: '}${lines[0]}`;
}

function partsOf(one: ImsDocument | Note, members: Members): Extension[] {
  const extension = writeMembers(one, members);
  return extension.length === 0 ? [] : [{ url: FILE_URL, extension }];
}

interface File {
  readonly part: keyof typeof TYPES;
  /** Of the document or note; of a body chart there is one. */
  readonly key?: string;
  readonly attachment: { contentType: string; data: string; title?: string };
  readonly extension: NonNullable<DocumentReference['extension']>;
  readonly says: readonly string[];
}

const TYPES = { doc: 'clinic-note', note: 'progress-note', chart: 'body-chart' } as const;

function fileToFhir(
  context: Context,
  { part, key, attachment, extension, says }: File,
): MappedResource {
  const { record, subject, encounter, visitScope, recordExtension, retracted } = context;
  const resource: DocumentReference = {
    resourceType: 'DocumentReference',
    meta: metaForProfile(part),
    text: { status: 'generated', div: xhtml([{ heading: 'Document', lines: says }]) },
    extension: [recordExtension, ...extension],
    identifier: [ourIdentifier(identifierValue(visitScope, part, key))],
    status: retracted ? 'entered-in-error' : 'current',
    docStatus: STATUS[record.status],
    type: concept(TYPES[part]),
    subject,
    date: record.recordedAt,
    content: [{ attachment }],
    context: { encounter: [encounter] },
  };
  return mappedResource(visitScope, { part, key }, resource);
}

/** The documents and notes that are ours among `resources`. */
export function filesFromFhir(
  resources: readonly DocumentReference[],
  reading: ReadContext,
): Pick<ImsRecord, 'documents' | 'notes'> {
  const documents: ImsDocument[] = [];
  const notes: Note[] = [];
  for (const resource of resources) {
    const { part, key } = nameOf(resource) ?? {};
    if (key === undefined) continue;
    const { contentType, data } = resource.content?.[0]?.attachment ?? {};
    if (data === undefined || contentType === undefined) continue;
    const parts = resource.extension?.find(({ url }) => url === FILE_URL)?.extension;
    const read = (members: Members) => readMembers(parts, members, reading);
    if (part === 'doc') documents.push({ key, contentType, data, ...read(DOCUMENT_MEMBERS) });
    if (part === 'note') {
      const text = Buffer.from(data, 'base64').toString('utf8');
      notes.push({ key, text, ...read(NOTE_MEMBERS) });
    }
  }
  return {
    ...(documents.length === 0 ? {} : { documents }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** What a resource stands for, read off our identifier. */
function nameOf(resource: DocumentReference): ParsedIdentifier | undefined {
  const name = identifiersOf(resource).find(({ system }) => system === RECORD_SYSTEM)?.value;
  return parseIdentifier(name);
}
