// Writes the generated parts of the README between their markers: the mapping table, the search
// parameters and the settings.
//   node profiles/scripts/docs.ts           writes them
//   node profiles/scripts/docs.ts --check   fails when the committed ones differ
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { settingRows } from '../../src/config.ts';
import { mappingRows } from '../../src/mapping/table.ts';
import { MARKED } from './extensions.ts';
import { searchParameterList } from './search-parameters.ts';

const README = resolve(import.meta.dirname, '..', '..', 'README.md');

function mappingTable(): string {
  const rows = mappingRows().map(
    ({ id, label, recordPath, fhirPath }) =>
      `| ${id} | ${label} | \`${recordPath}\` | \`${fhirPath}\` |`,
  );
  return ['| Row | Meaning | In the record | In FHIR |', '|---|---|---|---|', ...rows].join('\n');
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
    ({ env, member, what }) => `| \`${env}\` | \`${member}\` | ${what} |`,
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

const tables = { mapping: mappingTable(), searches: searchTable(), settings: settingsTable() };
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
