// Settings of a command: environment variables and the file given with --config.
import { readFile } from 'node:fs/promises';
import { type Policy, policyOf } from '../adapter.ts';
import { readRules } from '../config.ts';
import { CommandFailure, EXIT, type Io, systemReason } from './io.ts';

/** Help for `--config` of the commands that use only the clinical rules of the settings. */
export const RULES_CONFIG_HELP = 'settings as a JSON file; only its clinical rules are used';

/** The configured clinical rules. Throws AdapterError `invalid-config`. */
export async function loadPolicy({ env }: Io, file?: string): Promise<Policy> {
  return policyOf(readRules(env, await loadSettings(file)));
}

/** The text of the settings file, if one is given. */
export async function loadSettings(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const message = `Cannot read the configuration file ${file}: ${systemReason(error)}.`;
    throw new CommandFailure(EXIT.usage, message);
  }
}
