// sandbox: an in-memory FHIR server as a separate process.
import { InvalidArgumentError } from 'commander';
import { createSandbox } from '../../sandbox/sandbox.ts';
import { type AddCommand, EXIT, type ExitCode, type Io, writeLine } from '../io.ts';
import { jsonText } from '../text.ts';

interface Options {
  readonly port: number;
  readonly json?: true;
}

/** `ims-fhir sandbox`. */
export const addSandbox: AddCommand = (program, io, finish) => {
  program
    .command('sandbox')
    .description('run an in-memory FHIR R4 server for trials; never for patient data')
    .option('--port <number>', 'port to listen on, 0 for any free port', parsePort, 8090)
    .option('--json', 'print { base } when it is ready')
    .action((options: Options) => finish(sandbox(options, io)));
};

async function sandbox({ port, json }: Options, io: Io): Promise<ExitCode> {
  const server = await createSandbox({ port });
  if (json === true) {
    await writeLine(io.stdout, jsonText({ base: server.base }, true));
  } else {
    await writeLine(io.stdout, `In-memory FHIR server: ${server.base}`);
    await writeLine(io.stdout, 'Stop it with Ctrl-C; all data is deleted then.');
  }
  await io.stopped();
  await server.close();
  return EXIT.ok;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('It must be a number from 0 to 65535.');
}
