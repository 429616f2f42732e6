// JSON Schema of the record, read off the one definition.
import { z } from 'zod';
import { record } from './record.ts';

/** Where the schema is published. */
export const RECORD_SCHEMA_ID = 'https://ims-fhir.org/schema/ims-record-1.json';

/** JSON Schema (draft 2020-12) of a record. Rules across members are told in words in the README. */
export function recordJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(record.schema, { io: 'input', reused: 'ref' });
  return { ...schema, $id: RECORD_SCHEMA_ID, title: 'IMS record, version 1' };
}
