#!/usr/bin/env node
// The installed command. Everything else is loaded only after this Node was found fit: a static
// import would fail in an old Node with an error that says nothing.
import { unfitReason } from './runtime.ts';

const reason = unfitReason(process.versions);
if (reason === undefined) {
  await import('./main.ts');
} else {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 2;
}
