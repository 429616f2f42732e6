import { describe, expect, it } from 'vitest';
import { isTrial, readRules, readSettings, settingRows } from '../src/config.ts';
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
  it('are a trial run on this machine when nothing is set', () => {
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

  it('are read from a file, where a variable wins', () => {
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

  it('have a variable and a sentence for each member', () => {
    const full = readSettings({
      IMS_FHIR_API_KEY: KEY,
      IMS_FHIR_DATA: '/d',
      IMS_FHIR_TARGETS: TARGETS,
      IMS_FHIR_RULES: '{}',
    });
    expect(settingRows.map(({ member }) => member).sort()).toEqual(Object.keys(full).sort());
  });
});

describe('faulty settings', () => {
  it('are told all at once, by name and never by value', () => {
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

  it('name the variable that holds targets, and where in it', () => {
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
      'is no JSON',
    ]);
  });

  it('include a file that is no JSON object', () => {
    for (const file of ['', '[]', '{', 'null']) {
      expect(faultsOf({}, file)).toEqual([['', 'the configuration file is no JSON object']]);
    }
  });

  it('include targets without a durable store, a store without targets and one name twice', () => {
    expect(faultsOf({ IMS_FHIR_TARGETS: TARGETS })).toMatchObject([
      ['IMS_FHIR_DATA', expect.stringContaining('missing')],
    ]);
    expect(faultsOf({ IMS_FHIR_DATA: '/d' })).toMatchObject([
      ['IMS_FHIR_TARGETS', expect.stringContaining('missing')],
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

  it('are one setting, from a variable or a file', () => {
    const text = JSON.stringify(rules);
    expect(readSettings({ IMS_FHIR_RULES: text }).rules).toEqual(rules);
    expect(readSettings({}, JSON.stringify({ rules })).rules).toEqual(rules);
  });

  it('are read alone where nothing is kept or delivered', () => {
    const env = { IMS_FHIR_TARGETS: TARGETS, IMS_FHIR_RULES: JSON.stringify(rules) };
    expect(readRules(env)).toEqual(rules);
    expect(readRules({}, JSON.stringify({ dataDir: '/d', rules }))).toEqual(rules);
    expect(readRules({})).toEqual({});
  });

  it('have their faults told by place', () => {
    const wrong = { majorityYears: -1, jurisdictions: { bc: {} }, professions: [] };
    const faults = faultsOf({ IMS_FHIR_RULES: JSON.stringify(wrong) });
    expect(faults.map(([path]) => path).sort()).toEqual([
      'IMS_FHIR_RULES/jurisdictions/bc',
      'IMS_FHIR_RULES/majorityYears',
      'IMS_FHIR_RULES/professions',
    ]);
    expect(faultsOf({ IMS_FHIR_RULES: '{' })).toEqual([['IMS_FHIR_RULES', 'is no JSON']]);
  });
});
