// The process: the only place that reads the environment, takes signals and sets the exit code.
import { keepHeapSmall } from './heap.ts';
import { type Io, runCli } from './run.ts';
import { unfitReason } from './runtime.ts';

const io: Io = {
  env: process.env,
  stdin: process.stdin,
  stdinIsTerminal: process.stdin.isTTY === true,
  stdoutIsTerminal: process.stdout.isTTY === true,
  stdout: process.stdout,
  stderr: process.stderr,
  stopped: () =>
    new Promise((resolve) => {
      // Only the first signal is taken: a second one ends the process at once.
      const stop = () => {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
        resolve();
      };
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
    }),
};

// `ims-fhir map … | head` closes the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const reason = unfitReason(process.versions);
if (reason === undefined) {
  keepHeapSmall();
  process.exitCode = await runCli(process.argv.slice(2), io);
} else {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 2;
}
