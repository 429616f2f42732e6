// Losses: what one side cannot hold, told with its place and reason, never silent.

/** `path` is a JSON pointer into the record (towards FHIR) or a FHIRPath (towards the record). */
export interface Loss {
  readonly path: string;
  readonly reason: string;
}
