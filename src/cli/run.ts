// The command line: what is asked, and what it comes to as text and exit code.
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
import { CommandFailure, EXIT, type ExitCode, type Io, say } from './io.ts';
import { issueLine } from './text.ts';

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
  0  done
  1  data was refused or not found
  2  wrong use or settings
  3  something could not be reached, read or written`;

/** Runs one command line and gives its exit code; all that is said goes through `io`. */
export async function runCli(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = programOf(io);
  const finish = async (work: Promise<ExitCode>) => {
    code = await work;
  };
  for (const add of COMMANDS) add(program, io, finish);
  for (const command of program.commands) command.addHelpText('after', EXIT_HELP);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return await explain(error, io);
  }
}

function programOf(io: Io): Command {
  return new Command('ims-fhir')
    .description('IMS (dry needling) records into FHIR servers and back.')
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

/** Says what went wrong and what to do. Values of records never stand in it. */
async function explain(error: unknown, io: Io): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    // Commander has said it already; help and version are no faults.
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  if (error instanceof CommandFailure) {
    await say(io.stderr, error.message);
    return error.exit;
  }
  if (error instanceof AdapterError) {
    await say(io.stderr, error.message);
    for (const issue of error.issues) await say(io.stderr, `  ${issueLine(issue)}`);
    return EXIT_OF[error.code] ?? EXIT.reach;
  }
  const { name, stack } = error instanceof Error ? error : { name: 'Error', stack: undefined };
  await say(io.stderr, `This is a fault of ims-fhir (${name}). Please report these lines:`);
  // Without the message, which may quote data.
  for (const line of stack?.split('\n') ?? []) if (/^\s+at /.test(line)) await say(io.stderr, line);
  return EXIT.reach;
}

const EXIT_OF: Partial<Record<ErrorCode, ExitCode>> = {
  'invalid-input': EXIT.data,
  'no-target': EXIT.data,
  'invalid-config': EXIT.usage,
};
