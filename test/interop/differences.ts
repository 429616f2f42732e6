// Known differences between our validator and HL7's, with their reasons. A row matches the issues of both
// validators, not a resource, so that it cannot hide a new difference.

/** One difference. */
export interface Difference {
  /** Which validator alone rejects the resource, or that both report different elements. */
  readonly what: 'only ours' | 'only theirs' | 'path';
  /** Matches canonical and rule id of each of our errors. */
  readonly ours?: RegExp;
  /** Matches message id and text of each of their errors. */
  readonly theirs?: RegExp;
  readonly reason: string;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'only theirs',
    theirs: /^Extension_EXT_Unknown_NotHere: /,
    reason:
      'HL7 is configured to reject unknown extensions, to find mistakes of ours; as FHIR allows them, we report them as information',
  },
  {
    what: 'only theirs',
    theirs: /^Validation_VAL_Profile_Unknown: /,
    reason: 'HL7 is configured to reject unknown profiles; we report them as information',
  },
  {
    what: 'only theirs',
    theirs:
      /^(Terminology_PassThrough_TX_Message: Error processing unit|BUNDLE_BUNDLE_ENTRY_NOTFOUND_)/,
    reason:
      'we do not check units against UCUM, because the profiles fix ours; and we do not write relative references to an entry with a urn',
  },
  {
    what: 'only ours',
    ours: /\/Endpoint#binding$/,
    reason:
      'BCP 13 requires quotes around a parameter with blanks; HL7 accepts any text as a media type',
  },
  {
    what: 'only ours',
    ours: /\/Observation#target$/,
    reason:
      'HL7 checks the type of a target only if the reference has a type or the target is available',
  },
  {
    what: 'only ours',
    ours: /\/(vitalsigns|bodytemp)#min$/,
    reason:
      'R4 requires its vital signs profiles for these codes; HL7 checks them only for resources that claim them',
  },
  {
    what: 'path',
    ours: /\/Bundle#bundle$/,
    theirs:
      /^(BUNDLE_ENTRY_URL_MATCHES_TYPE_ID|BUNDLE_BUNDLE_ENTRY_NOTFOUND_\w+|Extension_EXT_Unknown_NotHere): /,
    reason:
      'for a fullUrl with a different id, HL7 reports the entry before, and nothing in a message',
  },
  {
    what: 'path',
    ours: /#type$/,
    theirs: /^Extension_EXT_Type: /,
    reason: 'HL7 reports the extension, we report its value',
  },
  {
    what: 'path',
    ours: /#extension$/,
    theirs: /^Extension_EXT_SubExtension_Invalid: /,
    reason: 'HL7 reports the outer extension, we report the part that it does not define',
  },
  {
    what: 'path',
    ours: /\/base64Binary#format$/,
    theirs: /B64_DECODE_FAIL: /,
    reason: 'HL7 reports the attachment, we report its data',
  },
];
