// The settings a command works with, from the environment and a file.
import { readFile } from 'node:fs/promises';
import { type Policy, policyOf } from '../adapter.ts';
import { readRules } from '../config.ts';
import { CommandFailure, EXIT, type Io } from './io.ts';

/** The clinical rules as they are set. Throws AdapterError `invalid-config`. */
export async function loadPolicy({ env }: Io, file?: string): Promise<Policy> {
  return policyOf(readRules(env, file === undefined ? undefined : await loadSettings(file)));
}

/** The text of a file of settings. */
export async function loadSettings(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
    throw new CommandFailure(EXIT.usage, `Cannot read the configuration file (${code}).`);
  }
}
