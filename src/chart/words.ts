// Layer 3: a record as a person reads it. Pure: record in, words out. Knows nothing of FHIR.
// Every member of the one definition can be said in words, so nothing of a record stays unread.
import type { General, Group, Leaf, Member, Members } from '../ims/members.ts';
import { display, isCode } from '../terminology/codes.ts';

type Values = Readonly<Record<string, unknown>>;

/** A code as a clinician would say it. */
export function sayCode(code: string): string {
  return isCode(code) ? display(code) : code;
}

/** A segment by its level: `segment-c5` is C5. */
export function saySegment(code: string): string {
  return code.replace('segment-', '').toUpperCase();
}

/** Where something is, in one line: "Left upper trapezius, segments C5, C6". */
export function saySite(place: object): string {
  const site = place as Values;
  const written = (site as General).asWritten ?? {};
  const { side, segments } = site;
  const named = nameOfPlace(site);
  const sided = typeof side === 'string' ? `${sayCode(side)} ${lowerFirst(named)}` : named;
  const levels = Array.isArray(segments) ? `, segments ${segments.map(saySegment).join(', ')}` : '';
  const words = Object.values(written).filter((text) => text !== named);
  const beside = words.length > 0 ? ` (as written: ${words.join('; ')})` : '';
  const text = typeof site.text === 'string' && site.text !== named ? `; ${site.text}` : '';
  return `${sided}${levels}${beside}${text}`;
}

function nameOfPlace(site: Values): string {
  const place = site.muscle ?? site.region;
  if (typeof place === 'string' && place !== 'other') return sayCode(place);
  const written = (site as General).asWritten ?? {};
  return String(site.text ?? written.muscle ?? written.region ?? 'place not named');
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? (text[0] ?? '').toLowerCase() + text.slice(1) : text;
}

/** The lines of an object, one a member that says something, indented two spaces a level. */
export function sayObject(values: Values, members: Members): string[] {
  const lines: string[] = [];
  for (const [name, member] of Object.entries(members)) {
    lines.push(...sayMember(values, name, member));
  }
  return [...lines, ...sayNotes(values, members)];
}

/** Members that name things for programs and say nothing to a reader. */
const SILENT = new Set<Member['kind']>(['key', 'keyOf', 'keys']);

function sayMember(values: Values, name: string, member: Member): string[] {
  const value = values[name];
  const { asWritten, absent } = values as General;
  if (SILENT.has(member.kind)) return [];
  if (value === undefined) {
    const words = asWritten?.[name];
    const reason = absent?.[name];
    if (words === undefined && reason === undefined) return [];
    const said = [
      ...(words === undefined ? [] : [`as written "${words}"`]),
      ...(reason === undefined ? [] : [lowerFirst(sayCode(reason))]),
    ];
    return [`${member.label}: ${said.join('; ')}`];
  }
  const beside = asWritten?.[name] === undefined ? '' : ` (as written: ${asWritten[name]})`;
  if (member.kind === 'group') return sayGroup(value as Values, member, beside);
  if (member.kind === 'list') {
    const entries = (value as Values[]).flatMap((entry) => sayGroup(entry, member.of, ''));
    return beside === '' ? entries : [...entries, `${member.label}${beside}`];
  }
  return [`${member.label}: ${sayLeaf(member, value)}${beside}`];
}

function sayGroup(value: Values, group: Group, beside: string): string[] {
  if (isPlace(group.members) && Object.keys(group.members).length === 4) {
    return [`${group.label}: ${saySite(value)}${beside}`];
  }
  if ('value' in group.members && 'unit' in group.members) {
    return [`${group.label}: ${sayAmount(value)}${beside}`];
  }
  const lines = sayObject(value, group.members);
  return [`${group.label}${beside}`, ...lines.map((line) => `  ${line}`)];
}

function isPlace(members: Members): boolean {
  return 'muscle' in members && 'region' in members;
}

function sayAmount(value: Values): string {
  const amount = value.value === undefined ? '' : sayNumber(value.value);
  const written = Object.values((value as General).asWritten ?? {});
  const words = written.length > 0 ? ` (as written: ${written.join('; ')})` : '';
  return `${amount} ${String(value.unit ?? '')}${words}`.trim();
}

/** One value in words: codes by display, ranges as "3 to 5", units behind. */
export function sayLeaf(leaf: Leaf, value: unknown): string {
  switch (leaf.kind) {
    case 'code':
      return sayCode(String(value));
    case 'codes':
      return (value as string[]).map(sayCode).join(', ');
    case 'keys':
    case 'ids':
      return (value as string[]).join(', ');
    case 'number':
      return `${sayNumber(value)}${leaf.unit === undefined ? '' : sayUnit(leaf.unit)}`;
    case 'date':
      return sayDate(value);
    case 'local':
      return Object.entries(value as Values)
        .map(([name, scalar]) => `${name} = ${String(scalar)}`)
        .join('; ');
    default:
      return String(value);
  }
}

function sayNumber(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { low, high } = value as { low?: number; high?: number };
  if (low === undefined) return `at most ${high}`;
  return high === undefined ? `at least ${low}` : `${low} to ${high}`;
}

function sayUnit(unit: string): string {
  if (unit === '{score}') return ' of 10';
  return unit.startsWith('{') || unit === '1' ? '' : ` ${unit}`;
}

function sayDate(value: unknown): string {
  if (typeof value === 'string') return value;
  const { dateText, date, latestDate } = value as Record<string, string | undefined>;
  const known = [date, latestDate === undefined ? undefined : `at the latest ${latestDate}`];
  const beside = known.filter((part) => part !== undefined).join(', ');
  return beside === '' ? String(dateText) : `${dateText} (${beside})`;
}

function sayNotes(values: General & Values, members: Members): string[] {
  const lines: string[] = [];
  if (values.text !== undefined && !('text' in members)) lines.push(`Remark: ${values.text}`);
  if (values.saidBy !== undefined) lines.push(`Said by: ${lowerFirst(sayCode(values.saidBy))}`);
  if (values.saidByText !== undefined) lines.push(`Said by: ${values.saidByText}`);
  if (values.askedAt !== undefined) lines.push(`Asked at: ${values.askedAt}`);
  return lines;
}
