// Valid resources of fictional people. Each test breaks them in one place.

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">A person</div>' },
  name: [{ family: 'Example', given: ['Ann', 'Bea'] }],
  telecom: [{ system: 'phone', value: '555 0100' }],
  birthDate: '1980-02-29',
  gender: 'female',
};

const observation = {
  resourceType: 'Observation',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Grip</div>' },
  status: 'final',
  code: { text: 'Grip strength' },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-03-01T10:15:00-08:00',
  valueQuantity: { value: 31, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  component: [{ code: { text: 'side' }, valueString: 'left' }],
};

const pressure = {
  resourceType: 'Observation',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">120/80</div>' },
  status: 'final',
  category: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/observation-category',
          code: 'vital-signs',
        },
      ],
    },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-03-01',
  component: ['8480-6', '8462-4'].map((code, index) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: {
      value: 120 - 40 * index,
      unit: 'mmHg',
      system: 'http://unitsofmeasure.org',
      code: 'mm[Hg]',
    },
  })),
};

const condition = {
  resourceType: 'Condition',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Pain</div>' },
  clinicalStatus: {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
    ],
  },
  code: { text: 'Low back pain' },
  subject: { reference: 'Patient/p1' },
};

const bundle = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:0c9f0d3e-5d4b-4c55-9a0a-2f1a5b8e0001',
      resource: { ...patient, id: undefined },
      request: { method: 'POST', url: 'Patient' },
    },
    {
      fullUrl: 'urn:uuid:0c9f0d3e-5d4b-4c55-9a0a-2f1a5b8e0002',
      resource: {
        ...observation,
        subject: { reference: 'urn:uuid:0c9f0d3e-5d4b-4c55-9a0a-2f1a5b8e0001' },
      },
      request: { method: 'POST', url: 'Observation' },
    },
  ],
};

const collection = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [{ fullUrl: 'https://a.example/fhir/Patient/p1', resource: patient }],
};

const questionnaire = {
  resourceType: 'Questionnaire',
  name: 'Form',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Form</div>' },
  status: 'active',
  item: [
    { linkId: 'a', text: 'Any?', type: 'boolean' },
    {
      linkId: 'b',
      text: 'Which?',
      type: 'string',
      enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }],
    },
  ],
};

const procedure = {
  resourceType: 'Procedure',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Done</div>' },
  contained: [{ resourceType: 'Practitioner', id: 'who', name: [{ text: 'C. Example' }] }],
  status: 'completed',
  code: { text: 'Needling' },
  subject: { reference: 'Patient/p1' },
  performedPeriod: { start: '2026-03-01T10:15:00Z', end: '2026-03-01T10:45:00Z' },
  performer: [{ actor: { reference: '#who' } }],
};

const NARRATIVE = {
  status: 'generated',
  div: '<div xmlns="http://www.w3.org/1999/xhtml">Something</div>',
};

const medicationRequest = {
  resourceType: 'MedicationRequest',
  text: NARRATIVE,
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: 'Ibuprofen' },
  subject: { reference: 'Patient/p1' },
  dosageInstruction: [
    {
      timing: {
        repeat: {
          count: 3,
          countMax: 5,
          duration: 1,
          durationMax: 2,
          durationUnit: 'h',
          frequency: 1,
          period: 8,
          periodMax: 12,
          periodUnit: 'h',
          when: ['ACM', 'PCM'],
          offset: 30,
        },
      },
      doseAndRate: [
        { doseRange: { low: { value: 200, unit: 'mg' }, high: { value: 400, unit: 'mg' } } },
        { rateRatio: { numerator: { value: 1 }, denominator: { value: 8 } } },
      ],
    },
  ],
  dispenseRequest: {
    expectedSupplyDuration: {
      value: 5,
      unit: 'days',
      system: 'http://unitsofmeasure.org',
      code: 'd',
    },
    validityPeriod: { start: '2026-03-01', end: '2026-03-31' },
  },
};

const allergy = {
  resourceType: 'AllergyIntolerance',
  text: NARRATIVE,
  clinicalStatus: {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
        code: 'active',
      },
    ],
  },
  code: { text: 'Nickel' },
  patient: { reference: 'Patient/p1' },
  onsetAge: { value: 30, unit: 'a', system: 'http://unitsofmeasure.org', code: 'a' },
};

const goal = {
  resourceType: 'Goal',
  text: NARRATIVE,
  lifecycleStatus: 'active',
  description: { text: 'Grip' },
  subject: { reference: 'Patient/p1' },
  target: [{ measure: { text: 'Grip' }, detailRange: { low: { value: 30, unit: 'kg' } } }],
};

const carePlan = {
  resourceType: 'CarePlan',
  text: NARRATIVE,
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/p1' },
  activity: [
    { detail: { status: 'scheduled', scheduledTiming: { repeat: { timeOfDay: ['08:00:00'] } } } },
    { reference: { reference: 'ServiceRequest/1' } },
  ],
};

const consent = {
  resourceType: 'Consent',
  text: NARRATIVE,
  status: 'active',
  scope: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'treatment' }],
  },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
  patient: { reference: 'Patient/p1' },
  policy: [{ uri: 'https://a.example/policy' }],
  sourceAttachment: { contentType: 'text/plain', data: 'aGVsbG8=', title: 'Form' },
};

/** Valid resources by name. */
export const samples = {
  patient,
  observation,
  pressure,
  condition,
  bundle,
  collection,
  questionnaire,
  procedure,
  medicationRequest,
  allergy,
  goal,
  carePlan,
  consent,
} as const;

type Steps = readonly (string | number)[];

/** A copy of a sample with the member at `steps` set, or removed when `value` is undefined. */
export function broken(name: keyof typeof samples, steps: Steps, value?: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(samples[name])) as Record<string, unknown>;
  let parent = copy;
  for (const step of steps.slice(0, -1)) {
    parent[step] ??= {};
    parent = parent[step] as Record<string, unknown>;
  }
  const last = steps.at(-1) ?? '';
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}
