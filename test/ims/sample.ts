// A visit that the tests of the reader change at single JSON pointers.
import type { ReadResult } from '../../src/ims/reader/read.ts';
import { aRecord, aSession, aSite } from '../records.ts';

type Loose = { [name: string]: Loose | unknown };

const VISIT = aRecord({
  recordId: 'visit-1001',
  patient: { id: 'p-77', name: { family: 'Garcia', given: 'Ana' }, birthDate: '1980-04-12' },
  practitioners: [{ id: 'pt-1', name: { text: 'Sam Lee' } }],
  episode: { id: 'e-1', complaints: [{ key: 'neck', text: 'Stiff neck' }] },
  visit: {
    startAt: '2026-03-02T09:30:00-08:00',
    endAt: '2026-03-02T10:00:00-08:00',
    practitioners: ['pt-1'],
  },
  assessment: {
    pain: [{ key: 'pain-now', value: 6, context: 'pain-current' }],
    sites: [{ key: 'seen', muscle: 'trapezius-upper', side: 'left' }],
  },
  screening: {
    cancer: { answer: 'no' },
    surgeries: {
      surgery: 'yes',
      surgeries: [
        { key: 'op', date: '2020', relations: [{ siteKey: 'left', relation: 'remote' }] },
      ],
    },
  },
  session: aSession({
    startAt: '2026-03-02T09:40:00-08:00',
    endAt: '2026-03-02T09:50:00-08:00',
    screening: { basis: 'this-record' },
    sites: [
      aSite({
        key: 'left',
        needles: [{ count: 2, lengthMm: 40 }],
        twitch: { answer: 'yes', count: 3 },
      }),
      aSite({ key: 'right', side: 'right' }),
    ],
  }),
  consents: [{ key: 'ok', given: 'yes', by: 'patient', givenAt: '2026-03-02T09:35:00-08:00' }],
  events: [{ key: 'sore', code: 'soreness', considered: 'expected', siteKeys: ['left'] }],
  local: { 'https://clinic.example/room': 2 },
});

/**
 * The visit with other values at these JSON pointers; undefined removes a member. The last step of a
 * pointer may be new.
 */
export function visitWith(changes: Readonly<Record<string, unknown>> = {}): Loose {
  const visit = structuredClone(VISIT) as Loose;
  for (const [path, value] of Object.entries(changes)) {
    const steps = stepsOf(path);
    const last = steps.pop() ?? '';
    let owner = visit;
    for (const step of steps) owner = owner[step] as Loose;
    if (value === undefined) delete owner[last];
    else Object.defineProperty(owner, last, { value, ...OWN });
  }
  return visit;
}

/** The member names and indices of a JSON pointer. */
function stepsOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

const OWN = { enumerable: true, configurable: true, writable: true };

/** The changed visit as JSON text. */
export function textWith(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(visitWith(changes));
}

/** Each issue as `code path`. */
export function codesAndPaths({ issues }: Pick<ReadResult, 'issues'>): string[] {
  return issues.map(({ code, path }) => `${code} ${path}`);
}

/** The messages by path. */
export function messagesOf({ issues }: Pick<ReadResult, 'issues'>): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [path, message]));
}
