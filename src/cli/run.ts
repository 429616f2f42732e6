// The command line: parses arguments, runs one command, and turns errors into messages and exit codes.
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError } from 'commander';
import { AdapterError, type ErrorCode } from '../errors.ts';
import { version } from '../service/version.ts';
import { addChart } from './commands/chart.ts';
import { addDemo } from './commands/demo.ts';
import { addMap } from './commands/map.ts';
import { addPull } from './commands/pull.ts';
import { addPush } from './commands/push.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addServe } from './commands/serve.ts';
import { addUnmap } from './commands/unmap.ts';
import { addValidate } from './commands/validate.ts';
import { CommandFailure, EXIT, type ExitCode, type Io, writeLine } from './io.ts';
import { issueLine, wrap } from './text.ts';

export type { Io } from './io.ts';

const COMMANDS = [
  addServe,
  addDemo,
  addSandbox,
  addPush,
  addPull,
  addMap,
  addUnmap,
  addValidate,
  addChart,
];

const EXIT_HELP = `
Exit codes:
  0  success
  1  data was rejected or not found
  2  wrong arguments or settings
  3  a server or file cannot be reached, read or written`;

/** Runs the command in `args` and returns its exit code. All input and output goes through `io`. */
export async function runCli(args: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  const program = createProgram(io);
  const finish = async (exitCode: Promise<ExitCode>) => {
    exit = await exitCode;
  };
  for (const add of COMMANDS) add(program, io, finish);
  for (const command of program.commands) command.addHelpText('after', EXIT_HELP);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    return await reportError(error, io);
  }
}

function createProgram(io: Io): Command {
  return new Command('ims-fhir')
    .description(
      'Converts IMS (dry needling) records to FHIR and back, and exchanges them with FHIR servers.',
    )
    .version(version)
    .addHelpText('after', EXIT_HELP)
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('(--help lists the commands and options)')
    .configureOutput({
      getOutHelpWidth: () => 79,
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
}

/** Prints what is wrong and what to do, without values of records, and returns the exit code. */
async function reportError(error: unknown, io: Io): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    // Commander has printed its message already; help and version are reported as errors too.
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  if (error instanceof CommandFailure || error instanceof AdapterError) {
    await writeLine(io.stderr, wrap(error.message));
    for (const issue of error.issues) await writeLine(io.stderr, wrap(issueLine(issue), 2));
    if (error instanceof AdapterError && error.code === 'store-unavailable') {
      await writeLine(io.stderr, 'Check IMS_FHIR_DATA, the directory of the store.');
    }
    if (error instanceof CommandFailure) return error.exit;
    return EXIT_BY_CODE[error.code] ?? EXIT.unavailable;
  }
  const { name, stack } = error instanceof Error ? error : { name: 'Error', stack: undefined };
  await writeLine(io.stderr, `Internal error of ims-fhir (${name}). Please report these lines:`);
  // Only the stack: the message could quote data.
  for (const line of stack?.split('\n') ?? []) {
    if (/^\s+at /.test(line)) await writeLine(io.stderr, line);
  }
  return EXIT.unavailable;
}

const EXIT_BY_CODE: Partial<Record<ErrorCode, ExitCode>> = {
  'invalid-input': EXIT.data,
  'no-target': EXIT.data,
  'invalid-config': EXIT.usage,
};

/**
 * Lets the heap grow to 1.5 times the live data before a full garbage collection. V8's default allows
 * up to 4 times, with which a stream of records takes 100 MB more memory at the same speed.
 */
export function limitHeapGrowth(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
