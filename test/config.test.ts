import { describe, expect, it } from 'vitest';
import { isTrial, readRules, readSettings, settingDefinitions } from '../src/config.ts';
import { AdapterError } from '../src/errors.ts';

const TARGETS = JSON.stringify([{ name: 'main', base: 'https://fhir.example/r4' }]);
const KEY = 'secret-marker-of-a-key';

function faultsOf(env: Record<string, string>, file?: string): [string, string][] {
  try {
    readSettings(env, file);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    expect(error.code).toBe('invalid-config');
    return error.issues.map(({ path, message }) => [path, message]);
  }
  return [];
}

describe('settings', () => {
  it('have defaults for a trial on this machine when nothing is set', () => {
    const settings = readSettings({ PATH: '/bin' });
    expect(settings).toEqual({ host: '127.0.0.1', port: 8080, logLevel: 'info', targets: [] });
    expect(isTrial(settings)).toBe(true);
  });

  it('are read from variables', () => {
    const settings = readSettings({
      IMS_FHIR_HOST: '::1',
      IMS_FHIR_PORT: '0',
      IMS_FHIR_API_KEY: KEY,
      IMS_FHIR_DATA: '/var/lib/ims',
      IMS_FHIR_TARGETS: TARGETS,
      IMS_FHIR_LOG_LEVEL: 'warn',
    });
    expect(settings).toEqual({
      host: '::1',
      port: 0,
      apiKey: KEY,
      dataDir: '/var/lib/ims',
      logLevel: 'warn',
      targets: [
        {
          name: 'main',
          base: 'https://fhir.example/r4',
          auth: { kind: 'none' },
          timeoutMs: 30_000,
        },
      ],
    });
    expect(isTrial(settings)).toBe(false);
  });

  it('are read from a file, and variables take precedence', () => {
    const file = JSON.stringify({
      port: 1,
      dataDir: '/data',
      targets: [
        {
          name: 'main',
          base: 'http://hapi:8080/fhir',
          auth: { kind: 'basic', user: 'u', password: 'p' },
          timeoutMs: 5000,
          headers: { 'x-tenant': 'a' },
          connections: 4,
          drafts: 'deliver',
        },
      ],
    });
    const settings = readSettings({ IMS_FHIR_PORT: '2', IMS_FHIR_HOST: '' }, `\uFEFF${file}`);
    expect(settings).toEqual({ host: '127.0.0.1', logLevel: 'info', ...JSON.parse(file), port: 2 });
  });

  it('have a variable and a description for each member', () => {
    const full = readSettings({
      IMS_FHIR_API_KEY: KEY,
      IMS_FHIR_DATA: '/d',
      IMS_FHIR_TARGETS: TARGETS,
      IMS_FHIR_RULES: '{}',
    });
    expect(settingDefinitions.map(({ member }) => member).sort()).toEqual(Object.keys(full).sort());
  });
});

describe('invalid settings', () => {
  it('are all reported at once, by name and never by value', () => {
    const faults = faultsOf(
      { IMS_FHIR_PORT: 'marker', IMS_FHIR_API_KEY: 'marker', IMS_FHIR_TARGET: 'marker' },
      JSON.stringify({
        logLevel: 'marker',
        dataDir: '/d',
        targets: [{ name: 'M ', base: 'ftp://marker' }],
      }),
    );
    expect(faults.map(([path]) => path).sort()).toEqual([
      '/logLevel',
      '/targets/0/base',
      '/targets/0/name',
      'IMS_FHIR_API_KEY',
      'IMS_FHIR_PORT',
      'IMS_FHIR_TARGET',
    ]);
    expect(faults.map(([, message]) => message).join()).not.toContain('marker');
  });

  it('report a setting that is not JSON once, and not as missing too', () => {
    const faults = faultsOf({ IMS_FHIR_DATA: '/d', IMS_FHIR_TARGETS: '{oops' });
    expect(faults).toEqual([['IMS_FHIR_TARGETS', 'must be valid JSON']]);
  });

  it('are reported with what would be valid', () => {
    const target = { base: 'https://u:p@x.example', timeoutMs: 1, drafts: 'send', auth: {} };
    const faults = faultsOf(
      { IMS_FHIR_DATA: '/d' },
      JSON.stringify({ port: '1', targets: [target] }),
    );
    expect(Object.fromEntries(faults)).toEqual({
      '/port': 'must be a number',
      '/targets/0/name': 'is required',
      '/targets/0/base': 'must be an http(s) URL without query or credentials',
      '/targets/0/timeoutMs': 'must be at least 1000',
      '/targets/0/drafts': 'must be one of: hold, deliver',
      '/targets/0/auth/kind': 'must be one of: none, basic, bearer',
    });
  });

  it('are reported with the variable and the path in its JSON', () => {
    const auth = { kind: 'bearer' };
    const wrong = JSON.stringify([{ name: 'a', base: 'https://u:p@x.example', auth, more: 1 }]);
    const faults = faultsOf({ IMS_FHIR_DATA: '/d', IMS_FHIR_TARGETS: wrong });
    expect(faults.map(([path]) => path).sort()).toEqual([
      'IMS_FHIR_TARGETS/0/auth/token',
      'IMS_FHIR_TARGETS/0/base',
      'IMS_FHIR_TARGETS/0/more',
    ]);
    expect(faultsOf({ IMS_FHIR_DATA: '/d', IMS_FHIR_TARGETS: '[{' })).toContainEqual([
      'IMS_FHIR_TARGETS',
      'must be valid JSON',
    ]);
  });

  it('include a file other than a JSON object', () => {
    for (const file of ['', '[]', '{', 'null']) {
      expect(faultsOf({}, file)).toEqual([['', 'the configuration file must be a JSON object']]);
    }
  });

  it('include targets without a store, a store without targets and duplicate names', () => {
    expect(faultsOf({ IMS_FHIR_TARGETS: TARGETS })).toMatchObject([
      ['IMS_FHIR_DATA', expect.stringMatching(/^is required with/)],
    ]);
    expect(faultsOf({ IMS_FHIR_DATA: '/d' })).toMatchObject([
      ['IMS_FHIR_TARGETS', expect.stringMatching(/^is required with/)],
    ]);
    const twice = JSON.stringify([...JSON.parse(TARGETS), ...JSON.parse(TARGETS)]);
    expect(faultsOf({ IMS_FHIR_DATA: '/d', IMS_FHIR_TARGETS: twice })).toHaveLength(1);
  });
});

describe('the clinical rules', () => {
  const rules = {
    jurisdiction: 'CA-BC',
    majorityYears: 18,
    jurisdictions: {
      'CA-BC': { majorityYears: 19, professions: ['physiotherapist'], roster: true },
    },
    thoraxMuscles: ['rhomboids'],
    referralPayers: ['icbc'],
  };

  it('are one setting, read from a variable or a file', () => {
    const text = JSON.stringify(rules);
    expect(readSettings({ IMS_FHIR_RULES: text }).rules).toEqual(rules);
    expect(readSettings({}, JSON.stringify({ rules })).rules).toEqual(rules);
  });

  it('can be read without the other settings', () => {
    const env = { IMS_FHIR_TARGETS: TARGETS, IMS_FHIR_RULES: JSON.stringify(rules) };
    expect(readRules(env)).toEqual(rules);
    expect(readRules({}, JSON.stringify({ dataDir: '/d', rules }))).toEqual(rules);
    expect(readRules({})).toEqual({});
  });

  it('are checked, with a path for each fault', () => {
    const wrong = { majorityYears: -1, jurisdictions: { bc: {} }, professions: [] };
    const faults = faultsOf({ IMS_FHIR_RULES: JSON.stringify(wrong) });
    expect(faults.map(([path]) => path).sort()).toEqual([
      'IMS_FHIR_RULES/jurisdictions/bc',
      'IMS_FHIR_RULES/majorityYears',
      'IMS_FHIR_RULES/professions',
    ]);
    expect(faultsOf({ IMS_FHIR_RULES: '{' })).toEqual([['IMS_FHIR_RULES', 'must be valid JSON']]);
  });
});
