// sandbox: a FHIR server for trying things out, in a process of its own.
import { InvalidArgumentError } from 'commander';
import { createSandbox } from '../../sandbox/sandbox.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { jsonText } from '../text.ts';

interface Options {
  readonly port: number;
  readonly json?: true;
}

/** `ims-fhir sandbox`. */
export const addSandbox: AddCommand = (program, io, finish) => {
  program
    .command('sandbox')
    .description('run a FHIR R4 server in memory, for trials; never for patient data')
    .option('--port <number>', 'port, 0 for any free one', portOf, 8090)
    .option('--json', 'print { base } when it listens')
    .action((options: Options) => finish(sandbox(options, io)));
};

async function sandbox({ port, json }: Options, io: Io): Promise<ExitCode> {
  const server = await createSandbox({ port });
  if (json === true) {
    await say(io.stdout, jsonText({ base: server.base }, true));
  } else {
    await say(io.stdout, `FHIR server in memory: ${server.base}`);
    await say(io.stdout, 'What it holds is gone when it stops. Stop it with Ctrl-C.');
  }
  await io.stopped();
  await server.close();
  return EXIT.ok;
}

/** A port as given on the command line. */
export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
