// UCUM units that are written as codes: those found in published FHIR definitions. A unit that the
// chart spells differently stays text and is never converted to one of these.

/** Printed forms of units whose UCUM code is not readable: `mm[Hg]` is printed as mmHg. */
const PRINTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Cel: '°C',
    '[degF]': '°F',
    deg: '°',
    'mm[Hg]': 'mmHg',
    '[in_i]': 'in',
    '[lb_av]': 'lb',
  }),
);

/** Units that are written with a UCUM code. */
export const UCUM_UNITS: ReadonlySet<string> = new Set([
  ...PRINTED.keys(),
  ...['{score}', '{count}', '1', '%', 'K'],
  ...['mm', 'cm', 'g', 'kg', 'kg/m2'],
  ...['s', 'min', 'h', 'd', 'wk', 'mo', 'a', '/min'],
  ...['Hz', 'us', 'mA', 'V', 'N', 'kPa'],
  ...['10*9/L', 'g/L', 'mmol/L'],
]);

/** The printed form of a unit. */
export function unitText(unit: string): string {
  return PRINTED.get(unit) ?? unit;
}
