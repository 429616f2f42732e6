// Entry point: the only file that reads the environment, handles signals and sets the exit code.
import { type Io, limitHeapGrowth, runCli } from './run.ts';
import { runtimeProblem } from './runtime.ts';

const io: Io = {
  env: process.env,
  stdin: process.stdin,
  stdinIsTerminal: process.stdin.isTTY === true,
  stdoutIsTerminal: process.stdout.isTTY === true,
  stdout: process.stdout,
  stderr: process.stderr,
  stopped: () =>
    new Promise((resolve) => {
      // Only the first signal is handled: a second one ends the process at once.
      const stop = () => {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
        resolve();
      };
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
    }),
};

// A reader that closes the pipe early, as in `ims-fhir map … | head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const problem = runtimeProblem(process.versions);
if (problem === undefined) {
  limitHeapGrowth();
  process.exitCode = await runCli(process.argv.slice(2), io);
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
