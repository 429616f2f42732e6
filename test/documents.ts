// What a machine can read in a Markdown document: its tables, links, headings, code and prose.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** The text of a document, by its path from the root. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every document of the project, by path from the root. */
export function documentPaths(): string[] {
  const folders = ['src', 'profiles', 'examples', 'test'];
  const below = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  );
  return [...readdirSync(ROOT), ...below].filter((path) => path.endsWith('.md')).sort();
}

/** Tables of more than `limit` rows in generated parts, each by the name of its part. */
export function longTables(text: string, limit: number): string[] {
  const parts = text.matchAll(/<!-- (\S+): generated -->\n([\s\S]*?)<!-- \/\1 -->/g);
  return [...parts].flatMap(([, name = '', content = '']) =>
    tablesIn(content)
      .filter(({ rows }) => rows.length > limit)
      .map(() => name),
  );
}

/** One table: the cells of its header and of its rows. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every table of a text. */
export function tablesIn(text: string): Table[] {
  const blocks = withoutCodeBlocks(text).matchAll(/(?:^\|.*\|$\n?)+/gm);
  return [...blocks].map(([block]) => {
    const [header = [], , ...rows] = block.trim().split('\n').map(cellsOf);
    return { header, rows };
  });
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

/** The table whose header begins with `first`. Throws where there is none. */
export function tableOf(text: string, first: string): Table {
  const found = tablesIn(text).find(({ header }) => header[0] === first);
  if (found === undefined) throw new Error(`no table that begins with ${first}`);
  return found;
}

/** Text in backticks, outside of code blocks. */
export function codeIn(text: string): string[] {
  return [...withoutCodeBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** Code blocks whose first line is exactly `info` after the fence. */
export function codeBlocks(text: string, info: string): string[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, language]) => language === info)
    .map(([, , content = '']) => content);
}

/** Relative links of the document at `path` that lead nowhere: no such file, or no such heading. */
export function brokenLinks(path: string, text: string, root = ROOT): string[] {
  const links = [...withoutCodeBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, link = '']) => link,
  );
  const leadsSomewhere = (link: string) => {
    const [name = '', anchor] = link.split('#');
    const file = name === '' ? undefined : resolve(root, dirname(path), name);
    if (file !== undefined && !existsSync(file)) return false;
    if (anchor === undefined) return true;
    return anchorsOf(file === undefined ? text : readFileSync(file, 'utf8')).includes(anchor);
  };
  return links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(link));
}

/** The anchors that GitHub gives to headings. */
export function anchorsOf(text: string): string[] {
  return headingsOf(text).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The headings of a text, of `level` alone where it is given. */
export function headingsOf(text: string, level?: number): string[] {
  return [...withoutCodeBlocks(text).matchAll(/^(#{1,6}) (.+)$/gm)]
    .filter(([, marks = '']) => level === undefined || marks.length === level)
    .map(([, , heading = '']) => heading);
}

/** The lines that people write: without generated parts, code, quotations and addresses of links. */
export function proseOf(text: string): { line: number; text: string }[] {
  const blank = (found: string) => found.replace(/[^\n]+/g, '');
  return text
    .replace(/<!-- (\S+): generated -->[\s\S]*?<!-- \/\1 -->/g, blank)
    .replace(/^```[\s\S]*?^```$/gm, blank)
    .replace(/`[^`\n]+`/g, 'x')
    .replace(/"[^"\n]+"/g, 'x')
    .replace(/\]\([^)\s]+\)/g, ']')
    .split('\n')
    .map((line, index) => ({ line: index + 1, text: line }));
}

function withoutCodeBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}
