// Writes the generated tables of the README between their markers: mapping, rows that are not mapped,
// clinical rules, search parameters and settings.
//   node profiles/scripts/docs.ts           writes them
//   node profiles/scripts/docs.ts --check   fails when the committed tables differ
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { settingRows } from '../../src/config.ts';
import { processRules } from '../../src/safety/assess.ts';
import { NOT_MAPPED } from './element-paths.ts';
import { TYPES_WITH_RECORD } from './extensions.ts';
import { mappingRows, type TableRow } from './mapping-table.ts';
import { searchParameterList } from './search-parameters.ts';
import { createTracer } from './traces.ts';

const README = resolve(import.meta.dirname, '..', '..', 'README.md');

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
    '| Row | Meaning | In the record | Read back from; also written to | Codes, value sets, units | Profiles |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Names of the value sets. The four of a body site, which many rows have, are listed as `site`. */
function valueSetNames({ valueSets }: TableRow): string[] {
  const hasSite = SITE_SETS.every((name) => valueSets.includes(name));
  const others = valueSets.filter((name) => !hasSite || !SITE_SETS.includes(name));
  return [...others, ...(hasSite ? ['site'] : [])].map((name) => `*${name}*`);
}

const SITE_SETS = ['muscle', 'region', 'segment', 'side'];

function notMappedTable(): string {
  const rows = NOT_MAPPED.map(({ id, what, why }) => `| ${id} | ${what} | ${why} |`);
  return ['| Row | What | Why |', '|---|---|---|', ...rows].join('\n');
}

function rulesTable(): string {
  const rows = processRules.map(
    ({ code: name, trigger, findingText, source }) =>
      `| ${code(name)} | ${trigger} | warning${findingText === undefined ? '' : ', finding'} | ${source} |`,
  );
  return ['| Code | Warns when | Severity | Source |', '|---|---|---|---|', ...rows].join('\n');
}

function searchTable(): string {
  const rows = searchParameterList.map(({ code, base, description }) => {
    const types =
      base.length === TYPES_WITH_RECORD.length ? 'all types with `ims-record`' : base.join(', ');
    return `| \`${code}\` | ${types} | ${description} |`;
  });
  return ['| Parameter | On | Finds |', '|---|---|---|', ...rows].join('\n');
}

function settingsTable(): string {
  const rows = settingRows.map(
    ({ env, member, description }) => `| \`${env}\` | \`${member}\` | ${description} |`,
  );
  return ['| Variable | In the file | Meaning |', '|---|---|---|', ...rows].join('\n');
}

function replaceTable(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}: generated -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no markers for the table ${name}.`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

const tables = {
  mapping: mappingTable(),
  'not-carried': notMappedTable(),
  rules: rulesTable(),
  searches: searchTable(),
  settings: settingsTable(),
};
const before = readFileSync(README, 'utf8');
const after = Object.entries(tables).reduce(
  (text, [name, content]) => replaceTable(text, name, content),
  before,
);
if (!process.argv.includes('--check')) writeFileSync(README, after);
else if (before !== after) {
  console.error('README.md: the generated tables are out of date: run "npm run docs".');
  process.exitCode = 1;
}
