import { readFileSync } from 'node:fs';

// Two levels below the package's root, in src/ as in dist/.
const manifest = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** Version of this package. */
export const { version } = manifest;
