import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runtimeProblem } from '../../src/cli/runtime.ts';

const tz = '2026b';
const source = (name: string) =>
  readFileSync(new URL(`../../src/cli/${name}`, import.meta.url), 'utf8');

it('accepts supported release lines from the first version with current time zones', () => {
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
    expect(runtimeProblem({ node, tz })).toBeUndefined();
  }
});

it('rejects older versions and other release lines, and says what to install', () => {
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
    const reason = runtimeProblem({ node, tz });
    expect(reason).toContain(`this is Node ${node}.`);
    expect(reason).toContain('https://nodejs.org');
  }
});

it('rejects old and missing time zone data', () => {
  expect(runtimeProblem({ node: '26.10.0', tz: '2026a' })).toContain('2026a');
  expect(runtimeProblem({ node: '26.10.0' })).toContain('this Node includes none.');
  expect(runtimeProblem({ node: '26.10.0', tz: '2027a' })).toBeUndefined();
});

it('the installed command imports only the check, and the check imports nothing', () => {
  const staticImports = (text: string) => [...text.matchAll(/^import .*$/gm)].map(([line]) => line);
  expect(staticImports(source('bin.ts'))).toEqual([
    "import { runtimeProblem } from './runtime.ts';",
  ]);
  expect(staticImports(source('runtime.ts'))).toEqual([]);
});
