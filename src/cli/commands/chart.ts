// chart: a record as a readable chart, as text, page, picture or PDF.
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
import { openInput, readDocument } from '../input.ts';
import {
  type AddCommand,
  CommandFailure,
  EXIT,
  type ExitCode,
  type Io,
  systemReason,
  write,
  writeLine,
} from '../io.ts';
import { loadPolicy, RULES_CONFIG_HELP } from '../settings.ts';
import { wrap, writeIssues } from '../text.ts';

interface Options {
  readonly format?: ChartFormat;
  readonly out?: string;
  readonly font?: readonly string[];
  readonly config?: string;
}

/** `ims-fhir chart [file]`. */
export const addChart: AddCommand = (program, io, finish) => {
  program
    .command('chart')
    .description('print a record as a readable chart, contraindications first')
    .argument('[file]', 'record as .json, or for txt .ndjson with one per line; - is stdin', '-')
    .addOption(new Option('--format <format>', FORMAT_HELP).choices(CHART_FORMATS))
    .option('--out <file>', 'write to this file; its extension gives the format')
    .option(
      '--font <file>',
      'TrueType font (.ttf) for other scripts in png and pdf; may be repeated',
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .option('--config <file>', RULES_CONFIG_HELP)
    .action((file: string, options: Options) => finish(chart(file, options, io)));
};

const FORMAT_HELP =
  'txt (default): text, 80 columns; html: a page without scripts or tables; svg, png: body chart; pdf: everything, for print';

/** Between the charts of several records. */
const SEPARATOR = `\n${'='.repeat(79)}\n\n`;

async function chart(file: string, options: Options, io: Io): Promise<ExitCode> {
  const format = formatOf(options, io);
  const policy = await loadPolicy(io, options.config);
  const { name, isLines, documents } = await openInput(file, io);
  if (isLines && format !== 'txt') {
    const message = `${name} is NDJSON, but a chart as ${format} shows one record.`;
    throw new CommandFailure(EXIT.usage, `${message}\nUse --format txt, or give one record.`);
  }
  let exit: ExitCode = EXIT.ok;
  let count = 0;
  for await (const document of documents) {
    const location = { name, line: document.line };
    const read = readDocument(document);
    const losses = read.ok ? lossesOf(read.record) : [];
    await writeIssues(io.stderr, location, { issues: read.issues, losses });
    if (!read.ok) {
      exit = EXIT.data;
      continue;
    }
    const rendered = await renderRecord(format, {
      record: read.record,
      fontFiles: options.font ?? [],
      assess: (record) => assess(record, policy),
    });
    await reportMissingCharacters(rendered, io);
    const { content } = rendered;
    const isFirst = count++ === 0;
    await output(isFirst ? content : `${SEPARATOR}${content}`, { out: options.out, isFirst, io });
  }
  return exit;
}

/** Extensions of --out beside the names of the formats. */
const EXTENSIONS: Readonly<Record<string, ChartFormat>> = {
  text: 'txt',
  htm: 'html',
  xhtml: 'html',
};

function formatOf({ format: requested, out }: Options, io: Io): ChartFormat {
  const extension = out === undefined ? '' : extname(out).slice(1).toLowerCase();
  const fromExtension = CHART_FORMATS.find((name) => name === extension) ?? EXTENSIONS[extension];
  if (requested === undefined && fromExtension === undefined && extension !== '') {
    const extensions = CHART_FORMATS.map((name) => `.${name}`).join(', ');
    throw new CommandFailure(EXIT.usage, `--out must end in ${extensions}, or add --format.`);
  }
  const format = requested ?? fromExtension ?? 'txt';
  if (BINARY_FORMATS.has(format) && out === undefined && io.stdoutIsTerminal) {
    const hint = `add --out chart.${format}, or redirect the output to a file`;
    throw new CommandFailure(EXIT.usage, `A terminal cannot show ${format}: ${hint}.`);
  }
  return format;
}

/** Reports the characters by code point, because names are patient data. */
async function reportMissingCharacters(
  { missingCharacters }: RenderedChart,
  { stderr }: Io,
): Promise<void> {
  if (missingCharacters.length === 0) return;
  const message =
    `No font has the characters ${missingCharacters.join(', ')}; the chart shows their code points. ` +
    'Install a font package (@expo-google-fonts/noto-sans-sc for Chinese, ' +
    '@expo-google-fonts/noto-sans-gurmukhi for Punjabi), or give a TrueType font with --font.';
  await writeLine(stderr, wrap(message));
}

interface OutputContext {
  readonly out: string | undefined;
  readonly isFirst: boolean;
  readonly io: Io;
}

async function output(
  content: string | Uint8Array,
  { out, isFirst, io }: OutputContext,
): Promise<void> {
  if (out === undefined) return await write(io.stdout, content);
  try {
    // Patient data: readable by the user only.
    await writeFile(out, content, { mode: 0o600, flag: isFirst ? 'w' : 'a' });
  } catch (error) {
    throw new CommandFailure(EXIT.unavailable, `Cannot write ${out}: ${systemReason(error)}.`);
  }
}
