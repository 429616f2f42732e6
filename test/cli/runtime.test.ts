import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { unfitReason } from '../../src/cli/runtime.ts';

const tz = '2026b';
const source = (name: string) =>
  readFileSync(new URL(`../../src/cli/${name}`, import.meta.url), 'utf8');

it('takes the release lines that have the time zones, from their first good version on', () => {
  for (const node of [
    '22.23.3',
    '22.24.0',
    '24.21.0',
    '24.21.5',
    '26.10.0',
    '26.11.1',
    '27.0.0',
    '30.1.0',
  ]) {
    expect(unfitReason({ node, tz })).toBeUndefined();
  }
});

it('refuses older versions and other lines, and says what to install', () => {
  for (const node of [
    '18.20.0',
    '20.20.2',
    '22.23.2',
    '22.9.9',
    '23.99.0',
    '24.20.9',
    '25.9.0',
    '26.9.9',
  ]) {
    const reason = unfitReason({ node, tz });
    expect(reason).toContain(`this is ${node}`);
    expect(reason).toContain('https://nodejs.org');
  }
});

it('refuses old time zone data and none', () => {
  expect(unfitReason({ node: '26.10.0', tz: '2026a' })).toContain('2026a');
  expect(unfitReason({ node: '26.10.0' })).toContain('has none');
  expect(unfitReason({ node: '26.10.0', tz: '2027a' })).toBeUndefined();
});

it('loads nothing else first: the command imports the check alone, and the check nothing', () => {
  const staticImports = (text: string) => [...text.matchAll(/^import .*$/gm)].map(([line]) => line);
  expect(staticImports(source('bin.ts'))).toEqual(["import { unfitReason } from './runtime.ts';"]);
  expect(staticImports(source('runtime.ts'))).toEqual([]);
});
