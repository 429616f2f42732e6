// The members every object of a record may carry <-> one extension `ims-notes` on the element that
// stands for the object: words as written, reasons of absence, who said it, what it is about.
import type { Coding, Extension } from '@medplum/fhirtypes';
import { structureUrl } from '../../fhir/canonical.ts';
import type { AbsentReason, General } from '../../ims/schema/members.ts';
import { absentReasons, sayers } from '../../ims/schema/members.ts';
import { coding } from '../../terminology/codes.ts';
import { readCode } from '../../terminology/read.ts';

/** URL of the extension. */
export const NOTES_URL = structureUrl('ims-notes');

/** Members of `General` other than `text`, as an extension; undefined when there is none. */
export function writeNotes(
  general: General,
  { withText }: { withText: boolean },
): Extension | undefined {
  const parts: Extension[] = [];
  if (withText && general.text !== undefined)
    parts.push({ url: 'text', valueString: general.text });
  for (const [member, words] of Object.entries(general.asWritten ?? {})) {
    parts.push(pair('asWritten', member, { url: 'words', valueString: words }));
  }
  for (const [member, reason] of Object.entries(general.absent ?? {})) {
    parts.push(pair('absent', member, { url: 'reason', valueCoding: coding(reason) }));
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

function pair(url: string, member: string, value: Extension): Extension {
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

type Draft = { -readonly [K in keyof General]: General[K] };

/** Reads the extension among `extensions`; nothing there gives an empty object. */
export function readNotes(extensions: readonly Extension[] | undefined): General {
  const notes: Draft = {};
  for (const { url, extension } of extensions ?? []) {
    if (url === NOTES_URL) for (const part of extension ?? []) readPart(part, notes);
  }
  return notes;
}

function readPart(part: Extension, notes: Draft): void {
  switch (part.url) {
    case 'asWritten':
      notes.asWritten = { ...notes.asWritten, ...readPair(part, wordsOf) };
      break;
    case 'absent':
      notes.absent = { ...notes.absent, ...readPair(part, reasonOf) };
      break;
    case 'saidBy':
      assign(notes, 'saidBy', readCode(coded(part), sayers.codes) as General['saidBy']);
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

function assign<K extends keyof Draft>(notes: Draft, name: K, value: Draft[K] | undefined): void {
  if (value !== undefined) notes[name] = value as Draft[K];
}

function readPair<T>(part: Extension, read: (value: Extension | undefined) => T | undefined) {
  const member = inside(part, 'member')?.valueString;
  const value = read(part.extension?.find(({ url }) => url !== 'member'));
  return member === undefined || value === undefined ? {} : { [member]: value };
}

function wordsOf(value: Extension | undefined): string | undefined {
  return value?.valueString;
}

function reasonOf(value: Extension | undefined): AbsentReason | undefined {
  if (value === undefined) return undefined;
  return readCode(coded(value), absentReasons.codes) as AbsentReason | undefined;
}

function coded(part: Extension): { coding: Coding[] } {
  return { coding: part.valueCodeableConcept?.coding ?? [part.valueCoding ?? {}] };
}

function readBaseline(part: Extension): General['baseline'] {
  const key = inside(part, 'key')?.valueString;
  const recordId = inside(part, 'recordId')?.valueString;
  if (key === undefined) return undefined;
  return recordId === undefined ? key : { recordId, key };
}

function inside(part: Extension, url: string): Extension | undefined {
  return part.extension?.find((child) => child.url === url);
}
