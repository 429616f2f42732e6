// Fonts for pictures and print. A machine may have none at all, so they come from packages; what no
// font holds is named by its number, never printed as an empty box.
import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';
import { AdapterError } from '../errors.ts';
import type { ImsRecord } from '../ims/schema/record.ts';

/** A font as it was loaded. */
export interface Face {
  readonly file: string;
  readonly font: Font;
}

/** Fonts in order of preference. */
export interface Fonts {
  readonly faces: readonly Face[];
  /** The bold of the first. */
  readonly bold: Face;
}

/** Words of one font; `features` where it needs other ones than usual. */
export interface Run {
  readonly face: Face;
  readonly text: string;
  readonly features?: Features;
}

type Features = Readonly<Record<string, boolean>>;

const BASE = 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf';
const BOLD = 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf';
/** Scripts that many names in British Columbia are written in; used where they are installed. */
const FALLBACKS = [
  '@expo-google-fonts/noto-sans-gurmukhi/400Regular/NotoSansGurmukhi_400Regular.ttf',
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
];

const require = createRequire(import.meta.url);

/** The fonts that are installed, then `extra` files. Throws where the base font is missing. */
export function loadFonts(extra: readonly string[]): Fonts {
  const files = [require.resolve(BASE), ...FALLBACKS.flatMap(installed), ...extra];
  return { faces: files.map(openFace), bold: openFace(require.resolve(BOLD)) };
}

function installed(file: string): string[] {
  try {
    return [require.resolve(file)];
  } catch {
    return [];
  }
}

function openFace(file: string): Face {
  try {
    const font = openSync(file);
    if ('hasGlyphForCodePoint' in font) return { file, font };
  } catch {
    // Said below: what is wrong inside a font helps nobody.
  }
  throw new AdapterError('invalid-config', `${file} is not a usable font; name a .ttf file.`);
}

/** A line in runs, each in the first font that holds it. */
export function runsOf(text: string, isBold: boolean, fonts: Fonts): Run[] {
  return text.split(RIGHT_TO_LEFT).flatMap((part) => runsOfOneDirection(part, isBold, fonts));
}

/**
 * Words written from right to left, with what stands between them: letters of both directions in one
 * run would all be turned round.
 */
const RIGHT_TO_LEFT =
  /((?:\p{sc=Arab}|\p{sc=Hebr}|\p{sc=Syrc}|\p{sc=Thaa})(?:[\p{M}\s\p{P}]*(?:\p{sc=Arab}|\p{sc=Hebr}|\p{sc=Syrc}|\p{sc=Thaa}))*\p{M}*)/u;

function runsOfOneDirection(text: string, isBold: boolean, fonts: Fonts): Run[] {
  const runs: { face: Face; text: string }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const face = faceOf(character, isBold, fonts);
    // Signs that join stay with the letter they belong to.
    const isJoined = last !== undefined && (last.face === face || JOINING.test(character));
    if (isJoined) last.text += character;
    else runs.push({ face, text: character });
  }
  return runs.map((run) => ({ ...run, ...shapingOf(run) }));
}

const JOINING = /\p{M}|\p{Cf}/u;

function faceOf(character: string, isBold: boolean, { faces, bold }: Fonts): Face {
  if (isBold && holds(bold, character)) return bold;
  return faces.find((face) => holds(face, character)) ?? (faces[0] as Face);
}

function holds({ font }: Face, character: string): boolean {
  return font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

/**
 * fontkit 2 stops at a mark that has no anchor on the letter before it, as Noto's Gurmukhi has them.
 * Without anchors marks stand where the font draws them, which reads as well.
 */
function shapingOf({ face, text }: Run): { features?: Features } {
  if (/^[\u0020-\u02FF]*$/.test(text)) return {};
  try {
    face.font.layout(text);
    return {};
  } catch {
    return { features: { abvm: false, blwm: false, mark: false, mkmk: false } };
  }
}

/** A record whose words can all be shown, and the characters that had to be named by number instead, "U+9673". */
export function showable(
  record: ImsRecord,
  { faces }: Fonts,
): { record: ImsRecord; missing: string[] } {
  const missing = new Set<string>();
  const shown = (character: string) => {
    const isShown = UNSEEN.test(character) || faces.some((face) => holds(face, character));
    if (isShown) return character;
    missing.add(numberOf(character));
    return `[${numberOf(character)}]`;
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return Array.from(value, shown).join('');
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]));
  };
  return { record: walk(record) as ImsRecord, missing: [...missing] };
}

/** Characters that no font needs to draw. */
const UNSEEN = /[\x20-\x7E]|\s|\p{Cf}|\p{Variation_Selector}/u;

/** "U+9673": a character by its number, which is no word of a patient. */
function numberOf(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}
