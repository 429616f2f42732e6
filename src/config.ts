// Layer 0: what an operator can set, from environment variables and a JSON file, every fault at
// once. Touches neither disk nor process: both come in as parameters.
import { z } from 'zod';
import { AdapterError, errorIssue, type Issue } from './errors.ts';

const url = z.string().refine(isBase, 'is no http or https address without query and user');
const secret = z.string().min(1, 'is empty');

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no header name');
const headerValue = z.string().regex(/^[\x20-\x7e]*$/, 'is no header value');

const auth = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('basic'), user: secret, password: secret }),
    z.strictObject({ kind: z.literal('bearer'), token: secret }),
  ],
  'is none of none, basic and bearer',
);

/** One FHIR server that records go to. */
const target = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is no name: 1 to 40 of a-z 0-9 -'),
  base: url,
  auth: auth.default({ kind: 'none' }),
  timeoutMs: z.int().min(1000).max(300_000).default(30_000),
  headers: z.record(headerName, headerValue).exactOptional(),
  connections: z.int().min(1).max(256).exactOptional(),
  drafts: z.enum(['hold', 'deliver']).exactOptional(),
});

const jurisdiction = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'is no ISO 3166 code such as CA-BC');
const years = z.int().min(0).max(120);
const codes = z.array(z.string());

/** What a clinic sets of the clinical rules; safety/policy.ts knows the codes and the defaults. */
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

/** The rules as an operator sets them, codes not looked at yet. */
export type RuleSettings = z.infer<typeof rules>;

const settings = z.strictObject({
  host: z.string().min(1, 'is empty').default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(8080),
  apiKey: z.string().min(16, 'is shorter than 16 characters').exactOptional(),
  dataDir: z.string().min(1, 'is empty').exactOptional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  targets: z.array(target).default([]),
  rules: rules.exactOptional(),
});

/** What an operator has set, with the rest filled in. */
export type Settings = z.infer<typeof settings>;

type Member = keyof Settings;

/** Every setting: its variable, its member in the file and what it does. */
export const settingRows: readonly { env: string; member: Member; what: string }[] = [
  { env: 'IMS_FHIR_HOST', member: 'host', what: 'address to listen on; 127.0.0.1' },
  { env: 'IMS_FHIR_PORT', member: 'port', what: 'port to listen on, 0 for any free one; 8080' },
  {
    env: 'IMS_FHIR_API_KEY',
    member: 'apiKey',
    what: 'key every caller must send; needed beyond this machine',
  },
  { env: 'IMS_FHIR_DATA', member: 'dataDir', what: 'directory of the store' },
  {
    env: 'IMS_FHIR_TARGETS',
    member: 'targets',
    what: 'FHIR servers as JSON: [{ name, base, auth, timeoutMs, headers, connections, drafts }]',
  },
  {
    env: 'IMS_FHIR_RULES',
    member: 'rules',
    what: 'clinical rules as JSON: { jurisdiction, majorityYears, jurisdictions, thoraxMuscles, referralPayers }',
  },
  {
    env: 'IMS_FHIR_LOG_LEVEL',
    member: 'logLevel',
    what: 'debug, info, warn, error or silent; info',
  },
];

/**
 * The settings of `env` and of the text of a JSON file; a variable wins over the file. Throws
 * AdapterError `invalid-config` with every fault: `path` is the variable, or a pointer into the file.
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  file?: string,
): Settings {
  return parseSettings(env, file, acrossMembers);
}

/** The clinical rules alone, for commands that neither keep nor deliver; throws as readSettings. */
export function readRules(
  { IMS_FHIR_RULES }: Readonly<Record<string, string | undefined>>,
  file?: string,
): RuleSettings {
  return parseSettings({ IMS_FHIR_RULES }, file, () => []).rules ?? {};
}

function parseSettings(
  env: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
  across: (settings: Settings) => Issue[],
): Settings {
  const issues: Issue[] = [...unknownVariables(env)];
  const fromFile = file === undefined ? {} : parseFile(file, issues);
  const fromEnv = parseEnv(env, issues);
  const parsed = settings.safeParse({ ...fromFile, ...fromEnv });
  for (const issue of parsed.error?.issues ?? []) issues.push(...toIssues(issue, fromEnv));
  if (parsed.success) issues.push(...across(parsed.data));
  if (issues.length > 0 || !parsed.success) {
    throw new AdapterError('invalid-config', 'The settings are faulty.', { issues });
  }
  return parsed.data;
}

/** True when nothing is set that says where records are kept or sent: the trial run. */
export function isTrial({ dataDir, targets }: Settings): boolean {
  return dataDir === undefined && targets.length === 0;
}

function unknownVariables(env: Readonly<Record<string, string | undefined>>): Issue[] {
  const known = new Set(settingRows.map((row) => row.env));
  return Object.keys(env)
    .filter((name) => name.startsWith('IMS_FHIR_') && !known.has(name))
    .map((name) => fault(name, `is no setting; known are ${[...known].join(', ')}`));
}

function parseFile(file: string, issues: Issue[]): object {
  const value = parseJson(file);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  issues.push(fault('', 'the configuration file is no JSON object'));
  return {};
}

function parseEnv(
  env: Readonly<Record<string, string | undefined>>,
  issues: Issue[],
): Partial<Record<Member, unknown>> {
  const values: Partial<Record<Member, unknown>> = {};
  for (const { env: name, member } of settingRows) {
    const text = env[name];
    if (text === undefined || text === '') continue;
    if (member === 'port') {
      values.port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    } else if (member === 'targets' || member === 'rules') {
      values[member] = parseJson(text);
      if (values[member] !== undefined) continue;
      issues.push(fault(name, 'is no JSON'));
      delete values[member];
    } else {
      values[member] = text;
    }
  }
  return values;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function toIssues(issue: z.core.$ZodIssue, fromEnv: object): Issue[] {
  const place = (path: readonly PropertyKey[]) => {
    const [first, ...rest] = path.map(String);
    const row = settingRows.find(({ member }) => member === first);
    if (row !== undefined && row.member in fromEnv) return [row.env, ...rest].join('/');
    return path.map((step) => `/${String(step)}`).join('');
  };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => fault(place([...issue.path, name]), 'is no setting'));
  }
  if (issue.code === 'invalid_key') {
    return [fault(place(issue.path), issue.issues[0]?.message ?? 'is no name')];
  }
  const missing = issue.code === 'invalid_type';
  return [fault(place(issue.path), missing ? 'is missing or has the wrong type' : issue.message)];
}

/** Accepted records must survive a restart and must have somewhere to go. */
function acrossMembers({ dataDir, targets }: Settings): Issue[] {
  const issues: Issue[] = [];
  const names = targets.map(({ name }) => name);
  if (new Set(names).size < names.length) issues.push(fault('/targets', 'a name stands twice'));
  if (targets.length > 0 && dataDir === undefined) {
    issues.push(fault('IMS_FHIR_DATA', 'is missing: records must be kept somewhere durable'));
  }
  if (targets.length === 0 && dataDir !== undefined) {
    issues.push(fault('IMS_FHIR_TARGETS', 'is missing: records have nowhere to go'));
  }
  return issues;
}

function fault(path: string, message: string): Issue {
  return errorIssue('setting', path, message);
}

function isBase(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}
