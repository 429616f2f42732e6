// Several records of one patient: what stays the same, what counts up, what moves on in time.
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { CHOICE, type Raw } from './raw.ts';
import { settleRecord } from './settle.ts';

/** One record to come: another visit, or the next revision of the one before. */
export interface Step {
  readonly raw: Raw;
  readonly isRevision: boolean;
  readonly daysLater: number;
}

/** Members that every record of the sequence has in common. */
const SHARED = ['source', 'patient', 'practitioners', 'clinic', 'episode'];

const START_MS = Date.UTC(2025, 0, 7, 17);
const DAY_MS = 86_400_000;

/** The records of `steps` in the order of time. */
export function settleVisits(shared: Raw, steps: readonly Step[]): readonly ImsRecord[] {
  const common = Object.fromEntries(SHARED.map((name) => [name, stable(shared[name])]));
  const made: ImsRecord[] = [];
  let at = START_MS;
  let visit = visitAt(at, steps[0]?.raw);
  for (const { raw, isRevision, daysLater } of steps) {
    at += daysLater * DAY_MS;
    const before = made.at(-1);
    // What was entered in error is not taken up again.
    const follows = isRevision && before !== undefined && before.status !== 'entered-in-error';
    if (!follows) visit = visitAt(at, raw);
    made.push(
      settleRecord({
        ...raw,
        ...common,
        kind: 'visit',
        visit,
        recordId: follows
          ? before.recordId
          : `${`${shared.recordId}`.slice(0, 190)}/${made.length}`,
        revision: follows ? before.revision + 1 : 1,
        status: follows ? later(raw.status) : first(raw.status),
        recordedAt: instant(at + 3_600_000),
      }),
    );
  }
  return made;
}

/** Without references that would mean another item in another record. */
function stable(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(stable);
  if (typeof raw !== 'object' || raw === null) return raw;
  const kept = Object.entries(raw).filter(
    ([name, value]) => name !== 'documentKey' && (name !== 'baseline' || typeof value !== 'number'),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, stable(value)]));
}

/** A revision that is no retraction amends. */
function later(status: unknown): unknown {
  return status === 'entered-in-error' ? status : 'amended';
}

/** A record is not entered in error at once. */
function first(status: unknown): unknown {
  return status === 'draft' ? status : 'final';
}

/** A visit with a date, never in words alone, as precise as drawn. */
function visitAt(at: number, raw: Raw | undefined): Raw {
  const visit = (raw?.visit ?? {}) as Raw;
  return {
    ...visit,
    [CHOICE]: Number(visit[CHOICE]) % 2,
    startAt: instant(at),
    date: instant(at).slice(0, String(visit.date).length),
    ...(visit.endAt === undefined ? {} : { endAt: instant(at + 1_800_000) }),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString().replace('.000', '');
}
