// The JSON Schema of the record, derived from its definition.
import { z } from 'zod';
import { record } from './record.ts';

/** The URL of the published schema. */
export const RECORD_SCHEMA_ID = 'https://ims-fhir.org/schema/ims-record-1.json';

/** JSON Schema (draft 2020-12) of a record. Rules across members are documented in src/service/README.md. */
export function recordJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(record.schema, { io: 'input', reused: 'ref' });
  return { ...schema, $id: RECORD_SCHEMA_ID, title: 'IMS record, version 1' };
}
