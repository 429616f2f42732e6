// Renders the first line of an object: its label with its main value, or the usual clinical shorthand
// ("2 × 0.3 mm × 50 mm"). render-object.ts adds the members that the line does not cover.
import { assessment } from '../ims/schema/assessment.ts';
import { episode } from '../ims/schema/episode.ts';
import type { General, Group, Leaf, Member, Members, ObjectValues } from '../ims/schema/members.ts';
import { session } from '../ims/schema/session.ts';
import { memoizeWeak } from '../memoize.ts';
import { isSite, renderSite, SITE_MEMBERS } from './body-site.ts';
import { joinEntries, lowerFirst, renderAmount, renderCode, renderLeaf } from './values.ts';

/** A line and the names of the members that it shows; empty where the line is only the label. */
interface FirstLine {
  readonly line: string;
  readonly covered: ReadonlySet<string>;
}

/** Renders the first line of an object; undefined where the format does not fit the values. */
type LineFormat = (value: ObjectValues, group: Group) => FirstLine | undefined;

/** Formats for single groups, identified by their members. */
const GROUP_FORMATS = new Map<Members, LineFormat>([
  [assessment.members.pain.of.members, painLine],
  [session.members.sites.of.members.needles.of.members, needlesLine],
  [episode.members.plan.members.frequency.members, frequencyLine],
]);

/** The formats for objects with these members; the first that fits is used. */
const formatsOf = memoizeWeak((members: Members): readonly LineFormat[] => {
  const groupFormat = GROUP_FORMATS.get(members);
  return [
    ...(groupFormat === undefined ? [] : [groupFormat]),
    ...(isSite(members) ? [siteLine] : []),
    ...(isDuration(members) ? [durationLine] : []),
    ...('family' in members && 'given' in members ? [personLine] : []),
    ...('system' in members && 'value' in members ? [identifierLine] : []),
    mainValueFormat(members),
  ];
});

/** The first line of an object; only its label where no format fits. */
export function renderFirstLine(value: ObjectValues, group: Group): FirstLine {
  for (const format of formatsOf(group.members)) {
    const firstLine = format(value, group);
    if (firstLine !== undefined) return firstLine;
  }
  return { line: group.label, covered: NONE };
}

const NONE: ReadonlySet<string> = new Set();

/** A member as text: its value, the chart's wording, the reason why the value is missing. */
export function renderMember(values: ObjectValues, name: string, member: Leaf): string | undefined {
  const value = values[name];
  const rendered = value === undefined ? undefined : renderValue(member, value, values);
  return addAsWritten(values, name, rendered);
}

/** Adds the chart's wording and the reason why a value is missing; undefined if nothing is charted. */
export function addAsWritten(
  { asWritten, absent }: General,
  name: string,
  value: string | undefined,
): string | undefined {
  const wording = asWritten?.[name];
  const reason = absent?.[name];
  if (wording === undefined && reason === undefined) return value;
  const parts = value === undefined ? [] : [value];
  if (wording !== undefined) parts.push(`as written "${wording}"`);
  if (reason !== undefined) parts.push(lowerFirst(renderCode(reason)));
  return parts.join(', ');
}

function renderValue(leaf: Leaf, value: unknown, { scale }: ObjectValues): string {
  // The maximum of a scale charted as `other` is unknown, so "of 10" could be wrong.
  if (leaf.kind === 'number' && leaf.unit === '{score}' && scale === 'other') {
    return renderAmount(value, undefined);
  }
  if (leaf.kind === 'code') return lowerFirst(renderLeaf(leaf, value));
  if (leaf.kind !== 'codes') return renderLeaf(leaf, value);
  return joinEntries((value as string[]).map((code) => lowerFirst(renderLeaf(leaf, [code]))));
}

/** True for a member that is a single value or a set of codes. */
export function isLeaf(member: Member): member is Leaf {
  return member.kind !== 'group' && member.kind !== 'list';
}

/** True for an object with a number and its unit. */
export function isDuration(members: Members): boolean {
  return 'value' in members && 'unit' in members;
}

/** True for the key of an item and for references to the keys of other items. */
function isKey(member: Member): boolean {
  return member.kind === 'key' || member.kind === 'keyOf' || member.kind === 'keys';
}

/** "Local twitch response: yes": the label of the group replaces the label of its first member. */
function mainValueFormat(members: Members): LineFormat {
  const main = Object.entries(members).find(([, member]) => !isKey(member));
  if (main === undefined || !isLeaf(main[1])) return () => undefined;
  const [name, leaf] = main;
  const covered = new Set([name]);
  return (value, group) => {
    const rendered = isMainValue(leaf, group) ? renderMember(value, name, leaf) : undefined;
    return rendered === undefined ? undefined : { line: `${group.label}: ${rendered}`, covered };
  };
}

/** True for a required member, an answer, and a member whose label is part of the group's label. */
function isMainValue(leaf: Leaf, { label }: Group): boolean {
  if (leaf.need !== 'optional' || (leaf.kind === 'code' && leaf.set.name === 'answer')) return true;
  return label.toLowerCase().includes(leaf.label.toLowerCase());
}

const COVERED_BY_SITE = new Set([...SITE_MEMBERS, 'text']);
const COVERED_BY_DURATION = new Set(['value', 'unit']);
const COVERED_BY_IDENTIFIER = new Set(['system', 'value']);
const COVERED_BY_PAIN = new Set(['context', 'activity', 'periodDays', 'moment', 'value', 'scale']);

function siteLine(value: ObjectValues, group: Group): FirstLine {
  return { line: `${group.label}: ${renderSite(value)}`, covered: COVERED_BY_SITE };
}

/** "Duration: 2 weeks", from the members `value` and `unit`. */
function durationLine(value: ObjectValues, { label }: Group): FirstLine | undefined {
  const { asWritten, absent } = value as General;
  if (value.value === undefined || absent?.unit !== undefined) return undefined;
  const wordings = [asWritten?.value, asWritten?.unit].filter((text) => text !== undefined);
  const written = wordings.map((text) => `, as written "${text}"`).join('');
  const amount = renderAmount(value.value, value.unit as string | undefined);
  return { line: `${label}: ${amount}${written}`, covered: COVERED_BY_DURATION };
}

/** "Name: Maren Okafor-Lind", from the full name or its parts. */
function personLine(value: ObjectValues, { label }: Group): FirstLine {
  const names = value.text === undefined ? ['given', 'family'] : ['text'];
  const parts = names.flatMap((name) => value[name] ?? []);
  return { line: `${label}: ${parts.join(' ')}`, covered: new Set(names) };
}

/** "Identifier: 3104 (https://…)". */
function identifierLine(value: ObjectValues, { label }: Group): FirstLine {
  return { line: `${label}: ${value.value} (${value.system})`, covered: COVERED_BY_IDENTIFIER };
}

/** "Pain now (tying shoes), before needling: 6 to 7 of 10". */
function painLine(value: ObjectValues, { label, members }: Group): FirstLine {
  const render = (name: string) => renderMember(value, name, members[name] as Leaf);
  const renderBetween = (before: string, name: string, after = '') => {
    const text = render(name);
    return text === undefined ? '' : `${before}${text}${after}`;
  };
  const context = typeof value.context === 'string' ? renderCode(value.context) : label;
  const isCoded = (value as General).asWritten?.context === undefined;
  const subject = isCoded ? context : `${label} (${render('context')})`;
  const activity = renderBetween(' (', 'activity', ')');
  const conditions = `${activity}${renderBetween(' over ', 'periodDays')}${renderBetween(', ', 'moment')}`;
  const score = `${render('value') ?? 'no score'}${renderBetween(' (', 'scale', ')')}`;
  return { line: `${subject}${conditions}: ${score}`, covered: COVERED_BY_PAIN };
}

/** "Needles: 2 × 0.3 mm × 50 mm"; undefined where diameter or length is missing. */
function needlesLine(value: ObjectValues, { members }: Group): FirstLine | undefined {
  if (value.diameterMm === undefined || value.lengthMm === undefined) return undefined;
  const names = ['count', 'diameterMm', 'lengthMm'];
  const parts = names.map((name) => renderMember(value, name, members[name] as Leaf));
  const size = parts.filter((part) => part !== undefined).join(' × ');
  return { line: `Needles: ${size}`, covered: new Set(names) };
}

/** "Planned frequency: 1 × in 7 to 10 days"; undefined where a part is missing or only in words. */
function frequencyLine(value: ObjectValues, { label }: Group): FirstLine | undefined {
  const { frequency, period, unit } = value;
  const isComplete = [frequency, period, unit].every((part) => part !== undefined);
  if (!isComplete || (value as General).asWritten !== undefined) return undefined;
  const line = `${label}: ${renderAmount(frequency, '1')} × in ${renderAmount(period, String(unit))}`;
  return { line, covered: new Set(['frequency', 'period', 'unit']) };
}
