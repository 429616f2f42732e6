// Writes the generated parts of the README between their markers: the mapping table, what is not
// carried, the clinical rules, the search parameters and the settings.
//   node profiles/scripts/docs.ts           writes them
//   node profiles/scripts/docs.ts --check   fails when the committed ones differ
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { settingRows } from '../../src/config.ts';
import { processRules } from '../../src/safety/assess.ts';
import { NOT_CARRIED } from './element-paths.ts';
import { MARKED } from './extensions.ts';
import { mappingRows, type TableRow } from './mapping-table.ts';
import { searchParameterList } from './search-parameters.ts';
import { createTracer } from './traces.ts';

const README = resolve(import.meta.dirname, '..', '..', 'README.md');

function mappingTable(): string {
  const traceOf = createTracer();
  const rows = mappingRows().map((row) => {
    const { types, codes, profiles } = traceOf(row.recordPath);
    const home = row.fhirPath.split(/[.(]/)[0];
    const beside = types.filter((type) => type !== home);
    const cells = [
      row.id,
      row.label,
      code(row.recordPath),
      [code(row.fhirPath), ...beside].join(', '),
      [...codes.map(code), ...sets(row), ...row.units.map(code)].join(', '),
      profiles.join(', '),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| Row | Meaning | In the record | Read back from, and written to as well | Codes, value sets, units | Profiles |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Names of value sets; the four of a site, which stand together in many rows, by one name. */
function sets({ valueSets }: TableRow): string[] {
  const isPlaced = PLACE.every((name) => valueSets.includes(name));
  const others = valueSets.filter((name) => !isPlaced || !PLACE.includes(name));
  return [...others, ...(isPlaced ? ['site'] : [])].map((name) => `*${name}*`);
}

const PLACE = ['muscle', 'region', 'segment', 'side'];

function notCarriedTable(): string {
  const rows = NOT_CARRIED.map(({ id, what, why }) => `| ${id} | ${what} | ${why} |`);
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
    const on = base.length === MARKED.length ? 'everything of a record' : base.join(', ');
    return `| \`${code}\` | ${on} | ${description} |`;
  });
  return ['| Parameter | On | Finds |', '|---|---|---|', ...rows].join('\n');
}

function settingsTable(): string {
  const rows = settingRows.map(
    ({ env, member, description }) => `| \`${env}\` | \`${member}\` | ${description} |`,
  );
  return ['| Variable | In the file | What |', '|---|---|---|', ...rows].join('\n');
}

function filled(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}: generated -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no place for ${name}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

const tables = {
  mapping: mappingTable(),
  'not-carried': notCarriedTable(),
  rules: rulesTable(),
  searches: searchTable(),
  settings: settingsTable(),
};
const before = readFileSync(README, 'utf8');
const after = Object.entries(tables).reduce(
  (text, [name, content]) => filled(text, name, content),
  before,
);
if (!process.argv.includes('--check')) writeFileSync(README, after);
else if (before !== after) {
  console.error('README.md: the generated tables are old; run npm run docs');
  process.exitCode = 1;
}
