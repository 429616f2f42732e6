// Reads the settings from environment variables and a JSON file. All errors are reported together. The
// environment and the text of the file are parameters, so that this file performs no I/O.
import { z } from 'zod';
import { AdapterError, errorIssue, type Issue } from './errors.ts';

const text = z.string().min(1, 'must not be empty');
const url = z.string().refine(isBaseUrl, 'must be an http(s) URL without query or credentials');

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be a valid HTTP header name');
const headerValue = z
  .string()
  .regex(/^[\x20-\x7e]*$/, 'must contain printable ASCII characters only');

const auth = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('basic'), user: text, password: text }),
    z.strictObject({ kind: z.literal('bearer'), token: text }),
  ],
  'must be one of: none, basic, bearer',
);

/** A FHIR server that records are delivered to. */
const target = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,39}$/,
      'must be 1 to 40 characters a-z, 0-9 or -, not starting with -',
    ),
  base: url,
  auth: auth.default({ kind: 'none' }),
  timeoutMs: z.int().min(1000).max(300_000).default(30_000),
  headers: z.record(headerName, headerValue).exactOptional(),
  connections: z.int().min(1).max(256).exactOptional(),
  drafts: z.enum(['hold', 'deliver']).exactOptional(),
});

const jurisdiction = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be an ISO 3166 code such as CA-BC');
const years = z.int().min(0).max(120);
const codes = z.array(z.string());

/** Settings of the clinical rules. safety/policy.ts checks their codes and contains the defaults. */
const rules = z.strictObject({
  jurisdiction: jurisdiction.exactOptional(),
  majorityYears: years.exactOptional(),
  jurisdictions: z
    .record(
      jurisdiction,
      z.strictObject({
        majorityYears: years.exactOptional(),
        professions: codes.exactOptional(),
        roster: z.boolean().exactOptional(),
      }),
    )
    .exactOptional(),
  thoraxMuscles: codes.exactOptional(),
  referralPayers: codes.exactOptional(),
});

/** Settings of the clinical rules, with codes that are not checked yet. */
export type RuleSettings = z.infer<typeof rules>;

const settings = z.strictObject({
  host: text.default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(8080),
  apiKey: z.string().min(16, 'must have at least 16 characters').exactOptional(),
  dataDir: text.exactOptional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  targets: z.array(target).default([]),
  rules: rules.exactOptional(),
});

/** All settings; defaults are filled in. */
export type Settings = z.infer<typeof settings>;

type SettingName = keyof Settings;

/** Every setting: its environment variable, its name in the JSON file and its description. */
export const settingDefinitions: readonly {
  env: string;
  member: SettingName;
  description: string;
}[] = [
  { env: 'IMS_FHIR_HOST', member: 'host', description: 'address to listen on; default 127.0.0.1' },
  {
    env: 'IMS_FHIR_PORT',
    member: 'port',
    description: 'port to listen on, 0 for any free port; default 8080',
  },
  {
    env: 'IMS_FHIR_API_KEY',
    member: 'apiKey',
    description: 'key that every caller must send; required to listen beyond the loopback address',
  },
  { env: 'IMS_FHIR_DATA', member: 'dataDir', description: 'directory of the store' },
  {
    env: 'IMS_FHIR_TARGETS',
    member: 'targets',
    description:
      'FHIR servers as JSON: [{ name, base, auth, timeoutMs, headers, connections, drafts }]',
  },
  {
    env: 'IMS_FHIR_RULES',
    member: 'rules',
    description:
      'clinical rules as JSON: { jurisdiction, majorityYears, jurisdictions, thoraxMuscles, referralPayers }',
  },
  {
    env: 'IMS_FHIR_LOG_LEVEL',
    member: 'logLevel',
    description: 'debug, info, warn, error or silent; default info',
  },
];

/**
 * Reads the settings from `env` and from `file`, the text of a JSON file; `env` takes precedence. Throws
 * AdapterError `invalid-config` with all issues. A path is a variable or a JSON pointer into the file.
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  file?: string,
): Settings {
  return parseSettings(env, file, checkStoreAndTargets);
}

/** Reads the settings of the clinical rules only, for commands without a store. Throws like readSettings. */
export function readRules(
  { IMS_FHIR_RULES }: Readonly<Record<string, string | undefined>>,
  file?: string,
): RuleSettings {
  return parseSettings({ IMS_FHIR_RULES }, file, () => []).rules ?? {};
}

function parseSettings(
  env: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
  check: (settings: Settings) => Issue[],
): Settings {
  const issues: Issue[] = [...unknownVariables(env)];
  const fromFile = file === undefined ? {} : parseFile(file, issues);
  const fromEnv = parseEnv(env, issues);
  const parsed = settings.safeParse({ ...fromFile, ...fromEnv });
  for (const issue of parsed.error?.issues ?? []) issues.push(...toIssues(issue, fromEnv));
  // A setting that could not be read is not missing as well.
  const faulty = new Set(issues.map(({ path }) => path));
  const furtherIssues = parsed.success ? check(parsed.data) : [];
  issues.push(...furtherIssues.filter(({ path }) => !faulty.has(path)));
  if (issues.length > 0 || !parsed.success) {
    throw new AdapterError('invalid-config', 'The configuration is invalid.', { issues });
  }
  return parsed.data;
}

/** True without a store and targets: the service then uses a sandbox and a temporary store. */
export function isTrial({ dataDir, targets }: Settings): boolean {
  return dataDir === undefined && targets.length === 0;
}

function unknownVariables(env: Readonly<Record<string, string | undefined>>): Issue[] {
  const known = new Set(settingDefinitions.map((row) => row.env));
  return Object.keys(env)
    .filter((name) => name.startsWith('IMS_FHIR_') && !known.has(name))
    .map((name) => settingIssue(name, `unknown setting; known settings: ${[...known].join(', ')}`));
}

function parseFile(file: string, issues: Issue[]): object {
  const value = parseJson(file);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  issues.push(settingIssue('', 'the configuration file must be a JSON object'));
  return {};
}

function parseEnv(
  env: Readonly<Record<string, string | undefined>>,
  issues: Issue[],
): Partial<Record<SettingName, unknown>> {
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const { env: name, member } of settingDefinitions) {
    const text = env[name];
    if (text === undefined || text === '') continue;
    if (member === 'port') {
      values.port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    } else if (member === 'targets' || member === 'rules') {
      const value = parseJson(text);
      if (value === undefined) issues.push(settingIssue(name, 'must be valid JSON'));
      else values[member] = value;
    } else {
      values[member] = text;
    }
  }
  return values;
}

/** The JSON value; undefined for text that is not valid JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function toIssues(issue: z.core.$ZodIssue, fromEnv: object): Issue[] {
  const pathOf = (path: readonly PropertyKey[]) => {
    const [first, ...rest] = path.map(String);
    const row = settingDefinitions.find(({ member }) => member === first);
    if (row !== undefined && row.member in fromEnv) return [row.env, ...rest].join('/');
    return path.map((step) => `/${String(step)}`).join('');
  };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => settingIssue(pathOf([...issue.path, name]), 'unknown setting'));
  }
  return [settingIssue(pathOf(issue.path), messageOf(issue))];
}

/** The types of settings as people call them. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      // The code is the same for missing values and wrong types; only zod's message differs.
      return issue.message.endsWith('received undefined')
        ? 'is required'
        : `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of: ${issue.values.join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? issue.message : `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

/** Targets require a store, because accepted records must survive a restart. A store requires targets. */
function checkStoreAndTargets({ dataDir, targets }: Settings): Issue[] {
  const issues: Issue[] = [];
  const names = targets.map(({ name }) => name);
  if (new Set(names).size < names.length)
    issues.push(settingIssue('/targets', 'names must be unique'));
  if (targets.length > 0 && dataDir === undefined) {
    issues.push(
      settingIssue(
        'IMS_FHIR_DATA',
        'is required with targets: accepted records must be stored durably',
      ),
    );
  }
  if (targets.length === 0 && dataDir !== undefined) {
    issues.push(
      settingIssue(
        'IMS_FHIR_TARGETS',
        'is required with a data directory: configure at least one FHIR server',
      ),
    );
  }
  return issues;
}

function settingIssue(path: string, message: string): Issue {
  return errorIssue('setting', path, message);
}

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}
