#!/usr/bin/env node
// The installed command. The rest is imported only after the check of the Node version: with a static
// import, an old Node would fail with a syntax error instead of the message.
import { runtimeProblem } from './runtime.ts';

const problem = runtimeProblem(process.versions);
if (problem === undefined) {
  await import('./main.ts');
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
