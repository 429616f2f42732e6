// Writes the generated tables of the documents, between their markers.
//   node profiles/scripts/docs.ts           writes them
//   node profiles/scripts/docs.ts --check   fails when the committed ones differ
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { settingDefinitions } from '../../src/config.ts';
import { problemTypes } from '../../src/service/problem.ts';
import { NOT_MAPPED } from './element-paths.ts';
import { TYPES_WITH_RECORD } from './extensions.ts';
import { listFiles, readResource } from './files.ts';
import { mappingRows, type TableRow } from './mapping-table.ts';
import { processRulesTable, screeningItemsTable } from './rule-tables.ts';
import { searchParameterList } from './search-parameters.ts';
import { createTracer } from './traces.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const ARTEFACTS = join(ROOT, 'profiles', 'fsh-generated', 'resources');

/** The tables of each document, by the name in their markers. */
const DOCUMENTS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'README.md': { settings: settingsTable },
  'src/service/README.md': { problems: problemsTable },
  'src/safety/README.md': {
    'screening-items': screeningItemsTable,
    'process-rules': processRulesTable,
  },
  'profiles/README.md': {
    profiles: profilesTable,
    mapping: mappingTable,
    'not-mapped': notMappedTable,
    searches: searchTable,
  },
};

function mappingTable(): string {
  const traceOf = createTracer();
  const rows = mappingRows().map((row) => {
    const { types, codes, profiles } = traceOf(row.recordPath);
    const mainType = row.fhirPath.split(/[.(]/)[0];
    const otherTypes = types.filter((type) => type !== mainType);
    const cells = [
      row.id,
      row.label,
      code(row.recordPath),
      [code(row.fhirPath), ...otherTypes].join(', '),
      [...codes.map(code), ...valueSetNames(row), ...row.units.map(code)].join(', '),
      profiles.join(', '),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| Row | Meaning | In the record | Read back from, and also written to | Codes, value sets, units | Profiles |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Names of the value sets. The four of a body site, which many rows have, are listed as `site`. */
function valueSetNames({ valueSets }: TableRow): string[] {
  const hasBodySite = BODY_SITE.every((name) => valueSets.includes(name));
  const others = valueSets.filter((name) => !hasBodySite || !BODY_SITE.includes(name));
  return [...others, ...(hasBodySite ? ['site'] : [])].map((name) => `*${name}*`);
}

const BODY_SITE = ['muscle', 'region', 'segment', 'side'];

function profilesTable(): string {
  const rows = listFiles(ARTEFACTS)
    .filter((name) => name.startsWith('StructureDefinition-'))
    .map((name) => readResource(join(ARTEFACTS, name)))
    .filter(({ type }) => type !== 'Extension')
    .map(({ id, type, title }) => `| ${code(String(id))} | ${type} | ${title} |`);
  return ['| Profile | Resource | Title |', '|---|---|---|', ...rows].join('\n');
}

function notMappedTable(): string {
  const rows = NOT_MAPPED.map(({ id, what, why }) => `| ${id} | ${what} | ${why} |`);
  return ['| Row | What | Why |', '|---|---|---|', ...rows].join('\n');
}

function searchTable(): string {
  const rows = searchParameterList.map(({ code: name, base, description }) => {
    const types =
      base.length === TYPES_WITH_RECORD.length ? 'all types with `ims-record`' : base.join(', ');
    return `| ${code(name)} | ${types} | ${description} |`;
  });
  return ['| Parameter | Resource types | Finds |', '|---|---|---|', ...rows].join('\n');
}

function settingsTable(): string {
  const rows = settingDefinitions.map(
    ({ env, member, description }) => `| ${code(env)} | ${code(member)} | ${description} |`,
  );
  return ['| Variable | In the file | Meaning |', '|---|---|---|', ...rows].join('\n');
}

function problemsTable(): string {
  const rows = Object.entries(problemTypes).map(
    ([name, { status, title }]) => `| [${code(name)}](#${name}) | ${status} | ${title} |`,
  );
  return ['| Code | Status | Title |', '|---|---|---|', ...rows].join('\n');
}

function replaceTable(
  text: string,
  { file, name, content }: Record<'file' | 'name' | 'content', string>,
) {
  const [start, end] = [`<!-- ${name}: generated -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no markers for the table ${name}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

for (const [file, tables] of Object.entries(DOCUMENTS)) {
  const path = resolve(ROOT, file);
  const before = readFileSync(path, 'utf8');
  const after = Object.entries(tables).reduce(
    (text, [name, table]) => replaceTable(text, { file, name, content: table() }),
    before,
  );
  if (!process.argv.includes('--check')) writeFileSync(path, after);
  else if (before !== after) {
    console.error(`${file}: the generated tables are out of date; run npm run docs`);
    process.exitCode = 1;
  }
}
