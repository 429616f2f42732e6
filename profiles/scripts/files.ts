// Reads, writes and compares folders of generated files.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Writes generated files: resources in SUSHI's format, text unchanged. */
export function writeFiles(folder: string, files: ReadonlyMap<string, object | string>): void {
  if (files.size === 0) {
    return;
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) {
    if (typeof content === 'string') {
      writeFileSync(join(folder, name), content);
    } else {
      writeResource(join(folder, name), content);
    }
  }
}

/** Reads a file of text. */
export function readText(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Reads one resource. */
export function readResource(file: string): Record<string, unknown> {
  return JSON.parse(readText(file)) as Record<string, unknown>;
}

/** Writes one resource, indented by two spaces, with a line break at the end. */
export function writeResource(file: string, resource: object): void {
  writeFileSync(file, `${JSON.stringify(resource, null, 2)}\n`);
}

/** Replaces `target` with a copy of `source`; a missing source removes it. */
export function replaceFolder(source: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  if (existsSync(source)) {
    cpSync(source, target, { recursive: true });
  }
}

/** The differences between two folders: a line for each file that is missing, left over or different. */
export function compareFolders(fresh: string, committed: string, label: string): string[] {
  const freshNames = new Set(listFiles(fresh));
  const committedNames = new Set(listFiles(committed));
  const differences: string[] = [];
  for (const name of [...new Set([...freshNames, ...committedNames])].sort()) {
    if (!committedNames.has(name)) {
      differences.push(`missing:   ${label}/${name}`);
    } else if (!freshNames.has(name)) {
      differences.push(`left over: ${label}/${name}`);
    } else if (!readFileSync(join(fresh, name)).equals(readFileSync(join(committed, name)))) {
      differences.push(`different: ${label}/${name}`);
    }
  }
  return differences;
}

/** Names of the files in a folder; none when the folder does not exist. */
export function listFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
