// The rules for the files of src/: which file may import which, which may perform input and output, how
// long a file may be.
import { dirname, join, normalize } from 'node:path';

/**
 * The modules of each layer, lowest layer first. A module is a folder or a file directly in src/. A file
 * may import files of its own module and of lower layers.
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

/**
 * Folders inside a module, lowest first. A file in one of them may import the folders before it; a file
 * directly in the module may import all of them.
 */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  ims: ['codes', 'schema', 'records', 'reader'],
  mapping: ['codec', 'resources', 'observations'],
  validation: ['fhirpath', 'compile', 'check'],
  safety: ['screening', 'process'],
  service: ['routes'],
  cli: ['commands'],
};

/** Modules that do not depend on IMS: they may import the lowest layer and the modules listed here. */
const INDEPENDENT: Readonly<Record<string, readonly string[]>> = {
  fhir: [],
  remote: ['fhir'],
  sandbox: ['fhir'],
};

/** Modules that may use the clock, random numbers, files and the network. */
export const IO_MODULES: ReadonlySet<string> = new Set([
  'store',
  'outbox',
  'remote',
  'sandbox',
  'definitions',
  'rendering',
  'service',
  'cli',
]);
/** An import or a call that performs input or output. */
const IO =
  /from '(node:(fs|net|http|https|tls|dns|child_process|os|worker_threads)[^']*|undici|better-sqlite3|express)'|\bMath\.random\b|\brandomUUID\b|\bDate\.now\(\)|new Date\(\)/;

/** The module of a file: its folder in src/, or the name of a file directly in src/. */
export function moduleOf(path: string): string {
  return path.split('/')[1] ?? path;
}

function layerOf(name: string): number {
  return LAYERS.findIndex((modules) => modules.includes(name));
}

/** The folder of a file inside its module; undefined for a file directly in the module. */
function folderOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts.length > 3 ? parts[2] : undefined;
}

/** Modules and folders that are named in the rules but have no file in `paths`. */
export function missingModules(paths: Iterable<string>): string[] {
  const all = [...paths];
  const modules = new Set(all.map(moduleOf));
  const folders = new Set(all.map((path) => path.split('/').slice(1, 3).join('/')));
  return [
    ...LAYERS.flat().filter((name) => !modules.has(name)),
    ...Object.entries(FOLDERS)
      .flatMap(([name, names]) => names.map((folder) => `${name}/${folder}`))
      .filter((folder) => !folders.has(folder)),
  ];
}

/** The paths of the files in src/ that a file imports. */
export function importsOf(path: string, source: string): string[] {
  const found = source.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...found]
    .map(([, target = '']) => normalize(join(dirname(path), target)))
    .filter((target) => target.startsWith('src/'));
}

/** Every violation of the rules in `files` (text by path), as `path: message`. */
export function violations(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [path, source] of files) {
    const name = moduleOf(path);
    const add = (message: string) => found.push(`${path}: ${message}`);
    if (layerOf(name) < 0) add(`module ${name} is not in any layer`);
    const folder = folderOf(path);
    if (folder !== undefined && !(FOLDERS[name] ?? []).includes(folder)) {
      add(`folder ${name}/${folder} is not in FOLDERS`);
    }
    for (const target of importsOf(path, source)) {
      if (!isBelow(path, target)) {
        add(`must not import ${target}, which is not in a lower layer or folder`);
      } else if (!isAllowed(name, target)) {
        add(`must not import ${target}, because ${name} must not depend on IMS`);
      }
    }
    if (source.split('\n').length > 301) add('must have at most 300 lines');
    if (path.split('/').length > 4) add('must be at most two folders deep');
    if (!IO_MODULES.has(name) && IO.test(source)) {
      add(`must not perform input or output, because ${name} is not in IO_MODULES`);
    }
    if (/process\.env/.test(source) && name !== 'cli') {
      add('must not read the environment; only cli may');
    }
  }
  return [...found, ...cycles(files)];
}

function isBelow(path: string, target: string): boolean {
  const [importer, imported] = [moduleOf(path), moduleOf(target)];
  if (imported !== importer) return layerOf(imported) < layerOf(importer);
  const order = FOLDERS[importer] ?? [];
  const [from, to] = [folderOf(path), folderOf(target)];
  if (from === undefined || to === undefined || from === to) return true;
  return order.indexOf(to) < order.indexOf(from);
}

function isAllowed(importer: string, target: string): boolean {
  const allowed = INDEPENDENT[importer];
  const imported = moduleOf(target);
  if (allowed === undefined || imported === importer) return true;
  return layerOf(imported) === 0 || allowed.includes(imported);
}

function cycles(files: ReadonlyMap<string, string>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push(`${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}: import cycle`);
      return;
    }
    if (done.has(path)) return;
    for (const target of importsOf(path, files.get(path) ?? '')) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of files.keys()) walk(path, []);
  return found;
}
