// The first line of an object: its label with the value that matters most, or what a clinician
// would say in one breath ("2 × 0.3 mm × 50 mm"). What a phrase leaves out follows it as details.
import { assessment } from '../ims/schema/assessment.ts';
import { episode } from '../ims/schema/episode.ts';
import type { General, Group, Leaf, Member, Members } from '../ims/schema/members.ts';
import { session } from '../ims/schema/session.ts';
import { memoizeWeak } from '../memoize.ts';
import { isSite, renderSite, SITE_MEMBERS } from './places.ts';
import { joined, lowerFirst, renderAmount, renderCode, renderLeaf } from './values.ts';

export type Values = Readonly<Record<string, unknown>>;

/** One line and the names of the members it has said; without any, it is the label alone. */
interface Phrase {
  readonly line: string;
  readonly said: ReadonlySet<string>;
}

type Say = (value: Values, group: Group) => Phrase | undefined;

/** Groups with a way of their own, by their members. */
const OWN = new Map<Members, Say>([
  [assessment.members.pain.of.members, sayPain],
  [session.members.sites.of.members.needles.of.members, sayNeedles],
  [episode.members.plan.members.frequency.members, sayFrequency],
]);

/** The ways in which an object may be said, the first that fits is taken. */
const waysOf = memoizeWeak((members: Members): readonly Say[] => {
  const own = OWN.get(members);
  return [
    ...(own === undefined ? [] : [own]),
    ...(isSite(members) ? [sayPlace] : []),
    ...(isDuration(members) ? [sayDuration] : []),
    ...('family' in members && 'given' in members ? [sayPerson] : []),
    ...('system' in members && 'value' in members ? [sayIdentifier] : []),
    mainOf(members),
  ];
});

/** The first line of an object. */
export function phraseOf(value: Values, group: Group): Phrase {
  for (const say of waysOf(group.members)) {
    const phrase = say(value, group);
    if (phrase !== undefined) return phrase;
  }
  return { line: group.label, said: NOTHING };
}

const NOTHING: ReadonlySet<string> = new Set();

/** One member with the chart's words for it and why it is missing; undefined where it says nothing. */
export function renderPart(values: Values, name: string, member: Leaf): string | undefined {
  const value = values[name];
  return withWords(values, name, value === undefined ? undefined : sayValue(member, value, values));
}

/** A value in words with what the chart itself says of it, or in its place. */
export function withWords(
  { asWritten, absent }: General,
  name: string,
  value: string | undefined,
): string | undefined {
  const words = asWritten?.[name];
  const reason = absent?.[name];
  if (words === undefined && reason === undefined) return value;
  const parts = value === undefined ? [] : [value];
  if (words !== undefined) parts.push(`as written "${words}"`);
  if (reason !== undefined) parts.push(lowerFirst(renderCode(reason)));
  return parts.join(', ');
}

function sayValue(leaf: Leaf, value: unknown, { scale }: Values): string {
  // Another scale has its own end, which nobody told us.
  if (leaf.kind === 'number' && leaf.unit === '{score}' && scale === 'other') {
    return renderAmount(value, undefined);
  }
  if (leaf.kind === 'code') return lowerFirst(renderLeaf(leaf, value));
  if (leaf.kind !== 'codes') return renderLeaf(leaf, value);
  return joined((value as string[]).map((code) => lowerFirst(renderLeaf(leaf, [code]))));
}

/** True for a member that is one value or a set of codes. */
export function isLeaf(member: Member): member is Leaf {
  return member.kind !== 'group' && member.kind !== 'list';
}

/** True for a number with its unit beside it. */
export function isDuration(members: Members): boolean {
  return 'value' in members && 'unit' in members;
}

/** True for a member that names an item: this one, or others. */
export function isName(member: Member): boolean {
  return member.kind === 'key' || member.kind === 'keyOf' || member.kind === 'keys';
}

/** "Local twitch response: yes": the label stands once where the first member says the same. */
function mainOf(members: Members): Say {
  const main = Object.entries(members).find(([, member]) => !isName(member));
  if (main === undefined || !isLeaf(main[1])) return () => undefined;
  const [name, leaf] = main;
  const said = new Set([name]);
  return (value, group) => {
    const part = answersFor(leaf, group) ? renderPart(value, name, leaf) : undefined;
    return part === undefined ? undefined : { line: `${group.label}: ${part}`, said };
  };
}

/** True for what an object cannot do without, for a yes or no, and for what is called like it. */
function answersFor(leaf: Leaf, { label }: Group): boolean {
  if (leaf.need !== 'may' || (leaf.kind === 'code' && leaf.set.name === 'answer')) return true;
  return label.toLowerCase().includes(leaf.label.toLowerCase());
}

const OF_PLACE = new Set([...SITE_MEMBERS, 'text']);
const OF_DURATION = new Set(['value', 'unit']);
const OF_IDENTIFIER = new Set(['system', 'value']);
const OF_PAIN = new Set(['context', 'activity', 'periodDays', 'moment', 'value', 'scale']);

function sayPlace(value: Values, group: Group): Phrase {
  return { line: `${group.label}: ${renderSite(value)}`, said: OF_PLACE };
}

/** A number and its unit in two members of one object. */
function sayDuration(value: Values, { label }: Group): Phrase | undefined {
  const { asWritten, absent } = value as General;
  if (value.value === undefined || absent?.unit !== undefined) return undefined;
  const words = [asWritten?.value, asWritten?.unit].filter((text) => text !== undefined);
  const beside = words.map((text) => `, as written "${text}"`).join('');
  const amount = renderAmount(value.value, value.unit as string | undefined);
  return { line: `${label}: ${amount}${beside}`, said: OF_DURATION };
}

/** "Name: Maren Okafor-Lind"; a name whose parts are not told apart as it stands. */
function sayPerson(value: Values, { label }: Group): Phrase {
  const names = value.text === undefined ? ['given', 'family'] : ['text'];
  const parts = names.flatMap((name) => value[name] ?? []);
  return { line: `${label}: ${parts.join(' ')}`, said: new Set(names) };
}

/** "Identifier: 3104 (https://…)": the number before who gave it. */
function sayIdentifier(value: Values, { label }: Group): Phrase {
  return { line: `${label}: ${value.value} (${value.system})`, said: OF_IDENTIFIER };
}

/** "Pain now (tying shoes), before needling: 6 to 7 of 10". */
function sayPain(value: Values, { label, members }: Group): Phrase {
  const part = (name: string) => renderPart(value, name, members[name] as Leaf);
  const around = (before: string, name: string, after = '') => {
    const text = part(name);
    return text === undefined ? '' : `${before}${text}${after}`;
  };
  const context = typeof value.context === 'string' ? renderCode(value.context) : label;
  const isPlain = (value as General).asWritten?.context === undefined;
  const what = isPlain ? context : `${label} (${part('context')})`;
  const when = `${around(' (', 'activity', ')')}${around(' over ', 'periodDays')}${around(', ', 'moment')}`;
  const line = `${what}${when}: ${part('value') ?? 'no score'}${around(' (', 'scale', ')')}`;
  return { line, said: OF_PAIN };
}

/** "Needles: 2 × 0.3 mm × 50 mm"; sizes known in part are said member by member. */
function sayNeedles(value: Values, { members }: Group): Phrase | undefined {
  if (value.diameterMm === undefined || value.lengthMm === undefined) return undefined;
  const names = ['count', 'diameterMm', 'lengthMm'];
  const parts = names.map((name) => renderPart(value, name, members[name] as Leaf));
  const size = parts.filter((part) => part !== undefined).join(' × ');
  return { line: `Needles: ${size}`, said: new Set(names) };
}

/** "Planned frequency: 1 × in 7 to 10 days"; what is known in part is said member by member. */
function sayFrequency(value: Values, { label }: Group): Phrase | undefined {
  const { frequency, period, unit } = value;
  const isWhole = [frequency, period, unit].every((part) => part !== undefined);
  if (!isWhole || (value as General).asWritten !== undefined) return undefined;
  const line = `${label}: ${renderAmount(frequency, '1')} × in ${renderAmount(period, String(unit))}`;
  return { line, said: new Set(['frequency', 'period', 'unit']) };
}
