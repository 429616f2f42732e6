// UCUM units that may leave as codes: those seen in published FHIR definitions. A unit that a chart
// writes in another way stays the chart's own words and is never turned into one of these.

/** How a unit is printed where its code would not be read: `mm[Hg]` is mmHg. */
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

/** Every unit that is sent as a code. */
export const UCUM_UNITS: ReadonlySet<string> = new Set([
  ...PRINTED.keys(),
  ...['{score}', '{count}', '1', '%', 'K'],
  ...['mm', 'cm', 'g', 'kg', 'kg/m2'],
  ...['s', 'min', 'h', 'd', 'wk', 'mo', 'a', '/min'],
  ...['Hz', 'us', 'mA', 'V', 'N', 'kPa'],
  ...['10*9/L', 'g/L', 'mmol/L'],
]);

/** What a reader sees for a unit. */
export function unitText(unit: string): string {
  return PRINTED.get(unit) ?? unit;
}
