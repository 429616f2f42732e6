// Resources that others wrote: the examples of the R4 standard itself (CC0), of the types that are
// written and read here. Fetched once by package and checked, then kept.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'hl7.fhir.r4.examples';
const VERSION = '4.0.1';
const SHA512 =
  'DXBdIZOeQaSKIgCU7w6HOC7sw/6BzylmipLkBW4f//pT+Bc94x+8LImwTdvaNThPJoOzpBzvxAzNqjeu3X/zLw==';
const CACHE = join(import.meta.dirname, '../../.cache/corpus');

const TYPES = [
  'AdverseEvent',
  'Binary',
  'Bundle',
  'CarePlan',
  'Condition',
  'Consent',
  'DetectedIssue',
  'DocumentReference',
  'Encounter',
  'Flag',
  'Goal',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Provenance',
  'Questionnaire',
  'QuestionnaireResponse',
  'ServiceRequest',
];

/** Larger ones are collections of definitions, as R4 publishes its own. */
const MAX_BYTES = 120_000;

/** Every example of those types, by file name. */
export function readCorpus(): { id: string; text: string }[] {
  const folder = join(CACHE, 'package');
  if (!existsSync(folder)) fetchCorpus();
  return readdirSync(folder)
    .filter((file) => TYPES.includes(file.split('-')[0] ?? '') && file.endsWith('.json'))
    .sort()
    .map((id) => ({ id, text: readFileSync(join(folder, id), 'utf8') }))
    .filter(({ text }) => text.length <= MAX_BYTES);
}

function fetchCorpus(): void {
  mkdirSync(CACHE, { recursive: true });
  const pack = ['pack', `${NAME}@${VERSION}`, '--silent', '--pack-destination', CACHE];
  execFileSync('npm', pack, { stdio: ['ignore', 'ignore', 'inherit'] });
  const file = join(CACHE, `${NAME}-${VERSION}.tgz`);
  const digest = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (digest !== SHA512) throw new Error(`${file} is not the package that was published`);
  // The whole of it are 190 MB.
  const wanted = TYPES.map((type) => `package/${type}-*.json`);
  execFileSync('tar', ['-xzf', file, '-C', CACHE, '--wildcards', ...wanted]);
}
