// What the npm package carries beside the compiled program: the JSON Schema of a record and the FHIR
// package, so that both can be had without a checkout.
import { resolve } from 'node:path';
import { recordJsonSchema } from '../../src/ims/schema/json-schema.ts';
import { writeResource } from './files.ts';
import { buildPackage } from './package.ts';

const DIST = resolve(import.meta.dirname, '..', '..', 'dist');

writeResource(resolve(DIST, 'record.schema.json'), recordJsonSchema());
buildPackage(resolve(DIST, 'fhir-package'));
