// Public API of the package: mapping between IMS records and FHIR, validation, and the adapter that
// delivers records to FHIR servers and reads them back.

export {
  type Adapter,
  type AdapterSettings,
  type AdapterTarget,
  createAdapter,
  type DeliveryView,
  type Loss,
  type MapAnswer,
  mapRecord,
  type Policy,
  type PulledVisit,
  type PullQuery,
  policyOf,
  type RuleSettings,
  type SubmitAnswer,
  type SubmitOptions,
  type SubmitResult,
  type UnmapAnswer,
  unmapBundle,
  type ValidateOptions,
  type Validator,
  validateRecord,
  validateResource,
} from './adapter.ts';
export { AdapterError, type ErrorCode, type Issue, type Retry, type Severity } from './errors.ts';
export { type ReadLine, readLines } from './ims/reader/lines.ts';
export { type ReadResult, readRecord, readRecordText } from './ims/reader/read.ts';
export { isSameRecord } from './ims/records/normal-form.ts';
export { RECORD_SCHEMA_ID, recordJsonSchema } from './ims/schema/json-schema.ts';
export type { ImsRecord } from './ims/schema/record.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox/sandbox.ts';
