// Fonts for PNG and PDF. They come from packages, because a server may have no fonts installed. A
// character without a glyph in any font is shown by its code point, not as an empty box.
import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';
import { AdapterError } from '../errors.ts';
import type { ImsRecord } from '../ims/schema/record.ts';

/** A loaded font and its file. */
export interface FontFace {
  readonly file: string;
  readonly font: Font;
}

/** Fonts in order of preference. */
export interface Fonts {
  readonly faces: readonly FontFace[];
  /** The bold face of the first font. */
  readonly bold: FontFace;
}

/** Text in a single font; `features` are OpenType features that differ from the font's defaults. */
export interface TextRun {
  readonly face: FontFace;
  readonly text: string;
  readonly features?: FontFeatures;
}

type FontFeatures = Readonly<Record<string, boolean>>;

const BASE = 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf';
const BOLD = 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf';
/** Optional packages for scripts that many names in British Columbia are written in. */
const FALLBACKS = [
  '@expo-google-fonts/noto-sans-gurmukhi/400Regular/NotoSansGurmukhi_400Regular.ttf',
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
];

const require = createRequire(import.meta.url);

/** The installed font packages, then `extraFiles`. Throws if the base font is not installed. */
export function loadFonts(extraFiles: readonly string[]): Fonts {
  const files = [require.resolve(BASE), ...FALLBACKS.flatMap(resolveInstalled), ...extraFiles];
  return { faces: files.map(openFace), bold: openFace(require.resolve(BOLD)) };
}

function resolveInstalled(file: string): string[] {
  try {
    return [require.resolve(file)];
  } catch {
    return [];
  }
}

function openFace(file: string): FontFace {
  try {
    const font = openSync(file);
    if ('hasGlyphForCodePoint' in font) return { file, font };
  } catch {
    // Ignored: fontkit's error does not help to repair the file.
  }
  throw new AdapterError('invalid-config', `${file} is not a valid font; must be a .ttf file.`);
}

/** A line as runs, each in the first font that has its characters. */
export function textRuns(text: string, isBold: boolean, fonts: Fonts): TextRun[] {
  return text.split(RIGHT_TO_LEFT).flatMap((part) => runsOfOneDirection(part, isBold, fonts));
}

/**
 * Words in a right-to-left script, with the punctuation between them. They need separate runs:
 * in a run with both directions fontkit would reverse all letters.
 */
const RIGHT_TO_LEFT =
  /((?:\p{sc=Arab}|\p{sc=Hebr}|\p{sc=Syrc}|\p{sc=Thaa})(?:[\p{M}\s\p{P}]*(?:\p{sc=Arab}|\p{sc=Hebr}|\p{sc=Syrc}|\p{sc=Thaa}))*\p{M}*)/u;

function runsOfOneDirection(text: string, isBold: boolean, fonts: Fonts): TextRun[] {
  const runs: { face: FontFace; text: string }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const face = faceFor(character, isBold, fonts);
    // Combining marks stay in the run of their base letter.
    const belongsToLast = last !== undefined && (last.face === face || COMBINING.test(character));
    if (belongsToLast) last.text += character;
    else runs.push({ face, text: character });
  }
  return runs.map((run) => ({ ...run, ...featuresFor(run) }));
}

const COMBINING = /\p{M}|\p{Cf}/u;

function faceFor(character: string, isBold: boolean, { faces, bold }: Fonts): FontFace {
  if (isBold && hasGlyph(bold, character)) return bold;
  return faces.find((face) => hasGlyph(face, character)) ?? (faces[0] as FontFace);
}

function hasGlyph({ font }: FontFace, character: string): boolean {
  return font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

/**
 * fontkit 2 throws on a mark without an anchor on its base letter, as in Noto Sans Gurmukhi. With mark
 * positioning switched off, marks appear at the font's default position, which is as readable.
 */
function featuresFor({ face, text }: TextRun): { features?: FontFeatures } {
  if (/^[\u0020-\u02FF]*$/.test(text)) return {};
  try {
    face.font.layout(text);
    return {};
  } catch {
    return { features: { abvm: false, blwm: false, mark: false, mkmk: false } };
  }
}

/** The record with every character that no font has replaced by its code point, "[U+9673]". */
export function replaceMissingGlyphs(
  record: ImsRecord,
  { faces }: Fonts,
): { record: ImsRecord; missingCharacters: string[] } {
  const missing = new Set<string>();
  const replaceMissing = (character: string) => {
    const isShown =
      NO_GLYPH_NEEDED.test(character) || faces.some((face) => hasGlyph(face, character));
    if (isShown) return character;
    missing.add(codePointOf(character));
    return `[${codePointOf(character)}]`;
  };
  const replaceIn = (value: unknown): unknown => {
    if (typeof value === 'string') return Array.from(value, replaceMissing).join('');
    if (Array.isArray(value)) return value.map(replaceIn);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, replaceIn(inner)]),
    );
  };
  return { record: replaceIn(record) as ImsRecord, missingCharacters: [...missing] };
}

/** Basic Latin, which every font has, and characters that are not drawn. */
const NO_GLYPH_NEEDED = /[\x20-\x7E]|\s|\p{Cf}|\p{Variation_Selector}/u;

/** "U+9673". A code point can be logged, because it does not disclose a patient's name. */
function codePointOf(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}
