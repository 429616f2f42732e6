// Adds the JSON Schema of a record and the FHIR package to the npm package, so that both are available
// without a checkout.
import { resolve } from 'node:path';
import { recordJsonSchema } from '../../src/ims/schema/json-schema.ts';
import { writeResource } from './files.ts';
import { buildPackage } from './package.ts';

const DIST = resolve(import.meta.dirname, '..', '..', 'dist');

writeResource(resolve(DIST, 'record.schema.json'), recordJsonSchema());
buildPackage(resolve(DIST, 'fhir-package'));
