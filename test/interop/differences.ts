// Where our validator and HL7's differ, and why that stays so. A row holds for what both sides say, not
// for a resource, so that a new difference is never covered by it.

/** One difference. */
export interface Difference {
  /** Who refuses alone, or that both refuse and name other elements. */
  readonly what: 'only ours' | 'only theirs' | 'path';
  /** Canonical and rule id of each of our errors. */
  readonly ours?: RegExp;
  /** Message id and text of each of theirs. */
  readonly theirs?: RegExp;
  readonly reason: string;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'only theirs',
    theirs: /^Extension_EXT_Unknown_NotHere: /,
    reason:
      'the judge allows no extension that it does not know, to find our slips; anybody may add one, so we tell it as information',
  },
  {
    what: 'only theirs',
    theirs: /^Validation_VAL_Profile_Unknown: /,
    reason:
      'the judge is told to refuse a profile that it does not hold; we tell it as information',
  },
  {
    what: 'only theirs',
    theirs:
      /^(Terminology_PassThrough_TX_Message: Error processing unit|BUNDLE_BUNDLE_ENTRY_NOTFOUND_)/,
    reason:
      'a unit that UCUM does not have, ours are fixed in the profiles; and a relative reference to an entry that has a urn, which we do not write',
  },
  {
    what: 'only ours',
    ours: /\/Endpoint#binding$/,
    reason: 'BCP 13 quotes a parameter with blanks; the judge takes any text for a media type',
  },
  {
    what: 'only ours',
    ours: /\/Observation#target$/,
    reason:
      'the judge looks at the type of a target only where it is said or the target is at hand',
  },
  {
    what: 'only ours',
    ours: /\/(vitalsigns|bodytemp)#min$/,
    reason:
      'R4 demands its vital signs profiles of these codes; the judge only of those that claim them',
  },
  {
    what: 'path',
    ours: /\/Bundle#bundle$/,
    theirs:
      /^(BUNDLE_ENTRY_URL_MATCHES_TYPE_ID|BUNDLE_BUNDLE_ENTRY_NOTFOUND_\w+|Extension_EXT_Unknown_NotHere): /,
    reason:
      'of a fullUrl with another id the judge names the entry before, and nothing in a message',
  },
  {
    what: 'path',
    ours: /#type$/,
    theirs: /^Extension_EXT_Type: /,
    reason: 'the judge names the extension, we name its value',
  },
  {
    what: 'path',
    ours: /#extension$/,
    theirs: /^Extension_EXT_SubExtension_Invalid: /,
    reason: 'the judge names the extension around, we name the part that it does not define',
  },
  {
    what: 'path',
    ours: /\/base64Binary#format$/,
    theirs: /B64_DECODE_FAIL: /,
    reason: 'the judge names the attachment, we name its data',
  },
];
