// The check digits of SNOMED CT identifiers and LOINC numbers.

const VERHOEFF_PRODUCT = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
const VERHOEFF_PERMUTATION = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
  [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
  [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
  [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
  [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
  [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
  [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

/** Whether a SNOMED CT identifier has 6 to 18 digits and a correct Verhoeff check digit. */
export function isSnomedId(code: string): boolean {
  let check = 0;
  for (const [index, digit] of [...code].reverse().entries()) {
    const permuted = VERHOEFF_PERMUTATION[index % 8]?.[Number(digit)] ?? 0;
    check = VERHOEFF_PRODUCT[check]?.[permuted] ?? 0;
  }
  return /^[1-9]\d{5,17}$/.test(code) && check === 0;
}

/**
 * Whether a LOINC number has a correct check digit (modulus 10). The check digit of answer codes (LA…)
 * follows another rule, which is not tested.
 */
export function isLoincNumber(code: string): boolean {
  if (/^LA\d+-\d$/.test(code)) {
    return true;
  }
  const [, number = '', check = ''] = /^(\d{1,7})-(\d)$/.exec(code) ?? [];
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return check !== '' && (10 - (sum % 10)) % 10 === Number(check);
}
