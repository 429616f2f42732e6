import type { ProcessRule } from './process-rule.ts';

const BC_PHN = 'https://fhir.infoway-inforoute.ca/NamingSystem/ca-bc-patient-healthcare-id';
const WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3] as const;

/** A personal health number of British Columbia has ten digits, a 9 first and a check digit last. */
export const bcHealthNumber: ProcessRule = {
  code: 'bc-phn',
  trigger: 'the digits of a British Columbia health number do not check',
  source: 'British Columbia personal health number, check digit by modulus 11',
  check: ({ patient }) =>
    (patient.identifiers ?? []).flatMap(({ system, value }, index) => {
      if (system !== BC_PHN || isHealthNumber(value)) return [];
      const message = 'is no personal health number of British Columbia: check its digits';
      return [{ path: ['patient', 'identifiers', index, 'value'], message }];
    }),
};

function isHealthNumber(value: string): boolean {
  if (!/^9\d{9}$/.test(value)) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => {
    const product = weight * Number(value[at + 1]);
    return total + (product % 11);
  }, 0);
  return 11 - (sum % 11) === Number(value[9]);
}
