// The shape of src/ as rules: who may import whom, who may touch the world, how large a file may be.
import { dirname, join, normalize } from 'node:path';

/**
 * Layers from the ground up. A file imports its own room and what lies strictly below it. A room
 * with folders of its own lists them, lowest first; the files at its top may use each of them.
 */
export const LAYERS: readonly (readonly string[])[] = [
  ['errors.ts', 'depth.ts', 'memoize.ts', 'defined.ts'],
  ['config.ts'],
  ['ims', 'fhir'],
  ['terminology'],
  ['chart'],
  ['mapping', 'validation', 'safety', 'rendering'],
  ['store'],
  ['outbox', 'remote', 'sandbox', 'definitions'],
  ['push', 'pull'],
  ['adapter.ts'],
  ['index.ts', 'service'],
  ['cli'],
];

/** Folders inside a room, lowest first: a folder imports only those before it. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  ims: ['codes', 'schema', 'records', 'reader'],
  mapping: ['codec', 'resources', 'observations'],
  validation: ['fhirpath', 'compile', 'check'],
  safety: ['screening', 'process'],
  service: ['routes'],
  cli: ['commands'],
};

/** Rooms that are independent of IMS: besides the lowest layer they import these rooms only. */
const INDEPENDENT: Readonly<Record<string, readonly string[]>> = {
  fhir: [],
  remote: ['fhir'],
  sandbox: ['fhir'],
};

/** Rooms that may read clocks, random numbers, files and networks. */
export const WORLDLY: ReadonlySet<string> = new Set([
  'store',
  'outbox',
  'remote',
  'sandbox',
  'definitions',
  'rendering',
  'service',
  'cli',
]);
const WORLD =
  /from '(node:(fs|net|http|https|tls|dns|child_process|os|worker_threads)[^']*|undici|better-sqlite3|express)'|\bMath\.random\b|\brandomUUID\b|\bDate\.now\(\)|new Date\(\)/;

/** The room of a file: its top folder in src/, or its own name where it lies at the top. */
export function roomOf(path: string): string {
  return path.split('/')[1] ?? path;
}

function layerOf(room: string): number {
  return LAYERS.findIndex((rooms) => rooms.includes(room));
}

/** The folder of a file inside its room; undefined for a file at the top of the room. */
function folderOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts.length > 3 ? parts[2] : undefined;
}

/** Rooms and folders that the rules name and `paths` do not hold. */
export function missingRooms(paths: Iterable<string>): string[] {
  const all = [...paths];
  const rooms = new Set(all.map(roomOf));
  const folders = new Set(all.map((path) => path.split('/').slice(1, 3).join('/')));
  return [
    ...LAYERS.flat().filter((room) => !rooms.has(room)),
    ...Object.entries(FOLDERS)
      .flatMap(([room, names]) => names.map((name) => `${room}/${name}`))
      .filter((folder) => !folders.has(folder)),
  ];
}

/** What a file imports from src/, as paths. */
export function importsOf(path: string, source: string): string[] {
  const found = source.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...found]
    .map(([, target = '']) => normalize(join(dirname(path), target)))
    .filter((target) => target.startsWith('src/'));
}

/** Every violation of the rules in `files` (path from the root -> text), as sentences. */
export function violations(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [path, source] of files) {
    const room = roomOf(path);
    const add = (message: string) => found.push(`${path}: ${message}`);
    if (layerOf(room) < 0) add('belongs to no layer');
    const folder = folderOf(path);
    if (folder !== undefined && !(FOLDERS[room] ?? []).includes(folder)) {
      add(`${room}/${folder} is not a known folder`);
    }
    for (const target of importsOf(path, source)) {
      if (!isBelow(path, target)) add(`imports ${target}, which is not below it`);
      else if (!isAllowed(room, target)) add(`imports ${target}, on which it must not depend`);
    }
    if (source.split('\n').length > 301) add('is longer than 300 lines');
    if (path.split('/').length > 4) add('is nested deeper than two folders');
    if (!WORLDLY.has(room) && WORLD.test(source)) add('does I/O in a pure room');
    if (/process\.env/.test(source) && room !== 'cli') {
      add('reads the environment, which only the start of a process may');
    }
  }
  return [...found, ...cycles(files)];
}

function isBelow(path: string, target: string): boolean {
  const [room, other] = [roomOf(path), roomOf(target)];
  if (other !== room) return layerOf(other) < layerOf(room);
  const order = FOLDERS[room] ?? [];
  const [from, to] = [folderOf(path), folderOf(target)];
  if (from === undefined || to === undefined || from === to) return true;
  return order.indexOf(to) < order.indexOf(from);
}

function isAllowed(room: string, target: string): boolean {
  const rooms = INDEPENDENT[room];
  const other = roomOf(target);
  return rooms === undefined || other === room || layerOf(other) === 0 || rooms.includes(other);
}

function cycles(files: ReadonlyMap<string, string>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push(`${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}: is a cycle`);
      return;
    }
    if (done.has(path)) return;
    for (const target of importsOf(path, files.get(path) ?? '')) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of files.keys()) walk(path, []);
  return found;
}
