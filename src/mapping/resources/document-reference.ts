// Maps documents, notes and the body chart to DocumentReference with the data inline, and back. No other
// resource depends on them: a server without DocumentReference loses only the files.
import type { DocumentReference, Extension } from '@medplum/fhirtypes';
import { bodyChart } from '../../chart/body-chart.ts';
import { narrativeDiv } from '../../chart/narrative.ts';
import { type NumberedSite, numberedSites } from '../../chart/numbered-sites.ts';
import { pictureToSvg } from '../../chart/svg.ts';
import { defined } from '../../defined.ts';
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

/** Extension with the members that DocumentReference has no element for. */
export const FILE_URL = structureUrl('ims-file');
const { title, sha256, author, date } = documents.of.members;
/** Members of that extension on a document. */
export const DOCUMENT_MEMBERS = { title, sha256, author, date } as const;
const { author: writer, at, date: day } = notes.of.members;
/** Members of that extension on a note. */
export const NOTE_MEMBERS = { author: writer, at, date: day } as const;

const STATUS = {
  draft: 'preliminary',
  final: 'final',
  amended: 'amended',
  'entered-in-error': 'entered-in-error',
} as const;

/** One DocumentReference for each document and each note, and one for the body chart. */
export function filesToFhir(context: Context): MappedResource[] {
  const { documents = [], notes = [] } = context.record;
  return [
    ...documents.map((document) => documentToFhir(context, document)),
    ...notes.map((note) => noteToFhir(context, note)),
    ...bodyChartToFhir(context),
  ];
}

function documentToFhir(context: Context, document: ImsDocument): MappedResource {
  const { contentType, data, key, title } = document;
  return fileToFhir(context, {
    part: 'doc',
    key,
    attachment: { contentType, data, ...defined({ title }) },
    extension: fileExtension(document, DOCUMENT_MEMBERS),
    lines: [title ?? 'Document'],
  });
}

function noteToFhir(context: Context, note: Note): MappedResource {
  const attachment = {
    contentType: 'text/plain; charset=utf-8',
    data: Buffer.from(note.text, 'utf8').toString('base64'),
  };
  const extension = fileExtension(note, NOTE_MEMBERS);
  return fileToFhir(context, {
    part: 'note',
    key: note.key,
    attachment,
    extension,
    lines: [note.text],
  });
}

/**
 * The body chart of a session with sites, as SVG. It is drawn from the record at each push and never
 * read back.
 */
function bodyChartToFhir(context: Context): MappedResource[] {
  const { record, findings, violations } = context;
  const sites = numberedSites(record);
  if (sites.length === 0) return [];
  const drawing = pictureToSvg(bodyChart(record, { findings, violations }), 'Body chart');
  const attachment = {
    contentType: 'image/svg+xml',
    data: Buffer.from(drawing, 'utf8').toString('base64'),
    title: 'Body chart',
  };
  const lines = ['Front and back of the body, with these sites:', ...sites.map(siteLine)];
  return [fileToFhir(context, { part: 'chart', attachment, extension: [], lines })];
}

/** The number of a site on the chart and the first line about it. */
function siteLine({ number, isNeedled, lines }: NumberedSite): string {
  return `${number}. ${isNeedled ? '' : 'NOT NEEDLED: '}${lines[0]}`;
}

function fileExtension(file: ImsDocument | Note, members: Members): Extension[] {
  const extension = writeMembers(file, members);
  return extension.length === 0 ? [] : [{ url: FILE_URL, extension }];
}

interface FileDraft {
  readonly part: keyof typeof TYPES;
  /** Undefined for the body chart: a record has only one. */
  readonly key?: string;
  readonly attachment: { contentType: string; data: string; title?: string };
  readonly extension: NonNullable<DocumentReference['extension']>;
  /** Lines of the narrative. */
  readonly lines: readonly string[];
}

const TYPES = { doc: 'clinic-note', note: 'progress-note', chart: 'body-chart' } as const;

function fileToFhir(
  context: Context,
  { part, key, attachment, extension, lines }: FileDraft,
): MappedResource {
  const { record, subject, encounter, visitScope, recordExtension, retracted } = context;
  const resource: DocumentReference = {
    resourceType: 'DocumentReference',
    meta: metaForProfile(part),
    text: { status: 'generated', div: narrativeDiv([{ heading: 'Document', lines }]) },
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

/** The documents and notes in `resources`; DocumentReferences of others are ignored. */
export function filesFromFhir(
  resources: readonly DocumentReference[],
  reading: ReadContext,
): Pick<ImsRecord, 'documents' | 'notes'> {
  const documents: ImsDocument[] = [];
  const notes: Note[] = [];
  for (const resource of resources) {
    const { part, key } = identifierOf(resource) ?? {};
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

function identifierOf(resource: DocumentReference): ParsedIdentifier | undefined {
  const own = identifiersOf(resource).find(({ system }) => system === RECORD_SYSTEM);
  return parseIdentifier(own?.value);
}
