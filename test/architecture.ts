// The shape of src/ as rules: who may import whom, who may touch the world, how large a file may be.
import { dirname, join, normalize } from 'node:path';

/** Layers from the ground up. A file imports its own folder and what lies strictly below it. */
const LAYERS: readonly (readonly string[])[] = [
  ['errors.ts', 'depth.ts', 'once.ts'],
  ['config.ts'],
  ['ims', 'fhir'],
  ['terminology'],
  ['chart'],
  ['mapping', 'validation', 'safety'],
  ['store'],
  ['outbox', 'remote', 'webhooks', 'sandbox', 'profiles.ts'],
  ['push', 'pull', 'submit.ts', 'faults.ts'],
  ['adapter.ts'],
  ['index.ts', 'service'],
  ['cli', 'console'],
];

/** Places that may read clocks, chance, files and networks. */
const WORLDLY = new Set([
  'store',
  'outbox',
  'remote',
  'webhooks',
  'sandbox',
  'profiles.ts',
  'service',
  'cli',
  'console',
]);
const WORLD =
  /from '(node:(fs|net|http|https|tls|dns|child_process|os|worker_threads)[^']*|undici|better-sqlite3|express)'|\bMath\.random\b|\brandomUUID\b|\bDate\.now\(\)|new Date\(\)/;

/** The place of a file: its top folder in src/, or its own name where it stands at the top. */
export function placeOf(path: string): string {
  return path.split('/')[1] ?? path;
}

function layerOf(place: string): number {
  return LAYERS.findIndex((places) => places.includes(place));
}

/** What a file imports from src/, as paths. */
export function importsOf(path: string, source: string): string[] {
  const found = source.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...found]
    .map(([, target = '']) => normalize(join(dirname(path), target)))
    .filter((target) => target.startsWith('src/'));
}

/** Every breach of the rules in `files` (path from the root -> text), as sentences. */
export function breaches(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [path, source] of files) {
    const place = placeOf(path);
    if (layerOf(place) < 0) found.push(`${path}: stands in no layer`);
    for (const target of importsOf(path, source)) {
      const other = placeOf(target);
      if (other !== place && layerOf(other) >= layerOf(place)) {
        found.push(`${path}: imports ${target}, which is not below it`);
      }
    }
    if (source.split('\n').length > 301) found.push(`${path}: is longer than 300 lines`);
    if (path.split('/').length > 4) found.push(`${path}: stands deeper than two folders`);
    if (!WORLDLY.has(place) && WORLD.test(source)) found.push(`${path}: touches the world`);
    if (/process\.env/.test(source) && place !== 'cli') {
      found.push(`${path}: reads the environment, which only a process's start may`);
    }
  }
  return [...found, ...cycles(files)];
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
