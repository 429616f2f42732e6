// chart: a record as a person reads it.
import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Option } from 'commander';
import { lossesOf } from '../../mapping/losses.ts';
import {
  BINARY_FORMATS,
  CHART_FORMATS,
  type ChartFormat,
  type RenderedChart,
  renderRecord,
} from '../../rendering/render-record.ts';
import { assess } from '../../safety/assess.ts';
import { openInput } from '../input.ts';
import { type AddCommand, CommandFailure, EXIT, type ExitCode, type Io, say } from '../io.ts';
import { readDocument } from '../record.ts';
import { loadPolicy } from '../settings.ts';
import { report, wrap } from '../text.ts';

interface Options {
  readonly format?: ChartFormat;
  readonly out?: string;
  readonly font: readonly string[];
  readonly config?: string;
}

/** `ims-fhir chart [file]`. */
export const addChart: AddCommand = (program, io, finish) => {
  program
    .command('chart')
    .description('show a record as a person reads it: contraindications first, then everything')
    .argument('[file]', 'record as .json, or lines as .ndjson for txt; - is stdin', '-')
    .addOption(new Option('--format <format>', FORMAT_HELP).choices(CHART_FORMATS))
    .option('--out <file>', 'write there; its ending says the format where --format does not')
    .option('--font <file>', 'a TTF for png and pdf, for more scripts; may be repeated', addTo, [])
    .option('--config <file>', 'settings as a JSON file; only the clinical rules count')
    .action((file: string, options: Options) => finish(chart(file, options, io)));
};

const FORMAT_HELP =
  'txt: text of 80 columns; html: a page without scripts or tables; svg, png: the body chart; pdf: all of it for print';

function addTo(file: string, files: readonly string[]): string[] {
  return [...files, file];
}

async function chart(file: string, options: Options, io: Io): Promise<ExitCode> {
  const format = formatOf(options, io);
  const policy = await loadPolicy(io, options.config);
  const { name, isLines, documents } = await openInput(file, io);
  if (isLines && format !== 'txt') {
    const why = `${name} holds lines of records, and --format ${format} shows one record.`;
    throw new CommandFailure(EXIT.usage, `${why} Take one of them, or --format txt.`);
  }
  let exit: ExitCode = EXIT.ok;
  let shown = 0;
  for await (const document of documents) {
    const place = { name, line: document.line };
    const read = readDocument(document);
    const losses = read.ok ? lossesOf(read.record) : [];
    await report(io.stderr, place, { issues: read.issues, losses });
    if (!read.ok) {
      exit = EXIT.data;
      continue;
    }
    const subject = { record: read.record, fontFiles: options.font };
    const rendered = await renderRecord(format, {
      ...subject,
      assess: (record) => assess(record, policy),
    });
    await tellMissing(rendered, io);
    await write(shown === 0 ? rendered.content : `${RULE}${rendered.content}`, {
      ...{ out: options.out, isFirst: shown === 0, io },
    });
    shown++;
  }
  return exit;
}

/** Between the charts of several records. */
const RULE = `\n${'='.repeat(79)}\n\n`;

function formatOf({ format, out }: Options, io: Io): ChartFormat {
  const ending = out === undefined ? '' : extname(out).slice(1).toLowerCase();
  const chosen =
    format ?? CHART_FORMATS.find((one) => one === ending || `${one}` === ENDINGS[ending]);
  if (chosen === undefined && out !== undefined && ending !== '') {
    const endings = CHART_FORMATS.map((one) => `.${one}`).join(', ');
    throw new CommandFailure(EXIT.usage, `--out must end in ${endings}; or give --format.`);
  }
  const taken = chosen ?? 'txt';
  if (BINARY_FORMATS.has(taken) && out === undefined && io.stdoutIsTerminal) {
    const way = `add --out chart.${taken}, or send it on with >`;
    throw new CommandFailure(EXIT.usage, `A ${taken} is no text for a terminal: ${way}.`);
  }
  return taken;
}

const ENDINGS: Readonly<Record<string, ChartFormat>> = { text: 'txt', htm: 'html', xhtml: 'html' };

/** Names are patient data, so characters are told by their numbers. */
async function tellMissing({ missingCharacters }: RenderedChart, { stderr }: Io): Promise<void> {
  if (missingCharacters.length === 0) return;
  await say(
    stderr,
    wrap(
      `No font here holds ${missingCharacters.join(', ')}; these numbers stand in their place. Install a font ` +
        'package (@expo-google-fonts/noto-sans-sc for Chinese, @expo-google-fonts/noto-sans-gurmukhi ' +
        'for Punjabi), or name a TTF with --font.',
    ),
  );
}

interface ChartOutput {
  readonly out: string | undefined;
  readonly isFirst: boolean;
  readonly io: Io;
}

async function write(
  content: string | Uint8Array,
  { out, isFirst, io }: ChartOutput,
): Promise<void> {
  if (out === undefined) {
    if (!io.stdout.write(content)) await new Promise<void>((go) => io.stdout.once('drain', go));
    return;
  }
  try {
    // Patient data: for the one who asked for it, and nobody else on the machine.
    await writeFile(out, content, { mode: 0o600, flag: isFirst ? 'w' : 'a' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
    throw new CommandFailure(EXIT.reach, `Cannot write ${out}: ${code}.`);
  }
}
