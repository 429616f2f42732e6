// The examples of the R4 standard (CC0), of the resource types that this package writes and reads. The npm
// package is downloaded once, verified by its digest, and cached.
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

/** Larger examples are collections of the definitions of R4. */
const MAX_BYTES = 120_000;

/** All examples of these types, sorted by file name. */
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
  if (digest !== SHA512) throw new Error(`${file} differs from the published package`);
  // The whole package has 190 MB.
  const wanted = TYPES.map((type) => `package/${type}-*.json`);
  execFileSync('tar', ['-xzf', file, '-C', CACHE, '--wildcards', ...wanted]);
}
