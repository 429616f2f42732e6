// Converts FHIR dates of any precision to time spans.

/** The first and the last millisecond of a time span, in Unix time. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

const DATE_TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d|60)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/**
 * The time span of a FHIR date, dateTime, instant or search date (`2026`, `2026-03`, `2026-03-01T10:15`).
 * A time without an offset is read as UTC. Undefined for other text and for days that do not exist.
 */
export function timeSpanOf(text: string): TimeSpan | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const y = Number(year);
  const m = Number(month ?? 1) - 1;
  const d = Number(day ?? 1);
  const midnightMs = Date.UTC(y, m, d);
  if (new Date(midnightMs).getUTCMonth() !== m || new Date(midnightMs).getUTCDate() !== d) {
    return undefined;
  }
  if (month === undefined) return { fromMs: midnightMs, toMs: Date.UTC(y + 1, 0, 1) - 1 };
  if (day === undefined) return { fromMs: midnightMs, toMs: Date.UTC(y, m + 1, 1) - 1 };
  if (hour === undefined) return { fromMs: midnightMs, toMs: midnightMs + 86_400_000 - 1 };
  const ms = fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
  const fromMs =
    midnightMs +
    (Number(hour) * 60 + Number(minute) - offsetMinutes(zone)) * 60_000 +
    Number(second ?? 0) * 1000 +
    ms;
  const lengthMs = second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return { fromMs, toMs: fromMs + lengthMs - 1 };
}

/** The offset of a time zone (`Z`, `-07:00`) in minutes; positive east of Greenwich. */
function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}
