// Maps the general members of an object (wording, reasons of absence, source of the information,
// complaints, baseline) to the extension `ims-notes` on the element for the object, and back.
import type { Coding, Extension } from '@medplum/fhirtypes';
import { structureUrl } from '../../fhir/canonical.ts';
import type { AbsentReason, General } from '../../ims/schema/members.ts';
import { absentReasons, informationSources } from '../../ims/schema/members.ts';
import { coding } from '../../terminology/codes.ts';
import { readCode } from '../../terminology/read.ts';

/** URL of the extension. */
export const NOTES_URL = structureUrl('ims-notes');

/** The members of `General` as an extension, `text` only `withText`; undefined without any. */
export function writeNotes(
  general: General,
  { withText }: { withText: boolean },
): Extension | undefined {
  const parts: Extension[] = [];
  if (withText && general.text !== undefined)
    parts.push({ url: 'text', valueString: general.text });
  for (const [member, words] of Object.entries(general.asWritten ?? {})) {
    parts.push(writePair('asWritten', member, { url: 'words', valueString: words }));
  }
  for (const [member, reason] of Object.entries(general.absent ?? {})) {
    parts.push(writePair('absent', member, { url: 'reason', valueCoding: coding(reason) }));
  }
  if (general.saidBy !== undefined)
    parts.push({ url: 'saidBy', valueCoding: coding(general.saidBy) });
  if (general.saidByText !== undefined) {
    parts.push({ url: 'saidByText', valueString: general.saidByText });
  }
  if (general.askedAt !== undefined) parts.push({ url: 'askedAt', valueDateTime: general.askedAt });
  for (const key of general.complaintKeys ?? [])
    parts.push({ url: 'complaintKey', valueString: key });
  if (general.baseline !== undefined) parts.push(writeBaseline(general.baseline));
  return parts.length === 0 ? undefined : { url: NOTES_URL, extension: parts };
}

function writePair(url: string, member: string, value: Extension): Extension {
  return { url, extension: [{ url: 'member', valueString: member }, value] };
}

function writeBaseline(baseline: NonNullable<General['baseline']>): Extension {
  const parts: Extension[] =
    typeof baseline === 'string'
      ? [{ url: 'key', valueString: baseline }]
      : [
          { url: 'recordId', valueString: baseline.recordId },
          { url: 'key', valueString: baseline.key },
        ];
  return { url: 'baseline', extension: parts };
}

/** Notes while they are being read. */
export type MutableNotes = { -readonly [K in keyof General]: General[K] };

/** Reads the notes among `extensions`; an empty object where there are none. */
export function readNotes(extensions: readonly Extension[] | undefined): General {
  const notes: MutableNotes = {};
  for (const { url, extension } of extensions ?? []) {
    if (url === NOTES_URL) for (const part of extension ?? []) readPart(part, notes);
  }
  return notes;
}

function readPart(part: Extension, notes: MutableNotes): void {
  switch (part.url) {
    case 'asWritten':
      notes.asWritten = { ...notes.asWritten, ...readPair(part, textOf) };
      break;
    case 'absent':
      notes.absent = { ...notes.absent, ...readPair(part, reasonOf) };
      break;
    case 'saidBy':
      assign(
        notes,
        'saidBy',
        readCode(codingsOf(part), informationSources.codes) as General['saidBy'],
      );
      break;
    case 'text':
    case 'saidByText':
      assign(notes, part.url, part.valueString);
      break;
    case 'askedAt':
      assign(notes, 'askedAt', part.valueDateTime ?? part.valueInstant);
      break;
    case 'complaintKey':
      notes.complaintKeys = [...(notes.complaintKeys ?? []), part.valueString ?? ''].sort();
      break;
    case 'baseline':
      assign(notes, 'baseline', readBaseline(part));
      break;
    default:
  }
}

function assign<K extends keyof MutableNotes>(
  notes: MutableNotes,
  name: K,
  value: MutableNotes[K] | undefined,
): void {
  if (value !== undefined) notes[name] = value as MutableNotes[K];
}

function readPair<T>(part: Extension, read: (value: Extension | undefined) => T | undefined) {
  const member = partOf(part, 'member')?.valueString;
  const value = read(part.extension?.find(({ url }) => url !== 'member'));
  return member === undefined || value === undefined ? {} : { [member]: value };
}

function textOf(value: Extension | undefined): string | undefined {
  return value?.valueString;
}

function reasonOf(value: Extension | undefined): AbsentReason | undefined {
  if (value === undefined) return undefined;
  return readCode(codingsOf(value), absentReasons.codes) as AbsentReason | undefined;
}

function codingsOf(part: Extension): { coding: Coding[] } {
  return { coding: part.valueCodeableConcept?.coding ?? [part.valueCoding ?? {}] };
}

function readBaseline(part: Extension): General['baseline'] {
  const key = partOf(part, 'key')?.valueString;
  const recordId = partOf(part, 'recordId')?.valueString;
  if (key === undefined) return undefined;
  return recordId === undefined ? key : { recordId, key };
}

function partOf(part: Extension, url: string): Extension | undefined {
  return part.extension?.find((child) => child.url === url);
}
