// A49: vital signs and laboratory values. R4 demands its vital-signs profiles of these LOINC codes
// (hl7.org/fhir/R4/observation-vitalsigns.html): a value they cannot hold keeps our code alone.
import type { CodeableConcept, ObservationComponent } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { withWords } from '../../chart/phrases.ts';
import { renderAmount } from '../../chart/values.ts';
import { renderCode } from '../../chart/words.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { NumberValue } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, ownConcept } from '../../terminology/concepts.ts';
import { unitText } from '../../terminology/units.ts';
import type { Context } from '../context.ts';
import type { ObservationDraft } from './observation.ts';
import { draftsOf, itemQuestionsOf, type SharedParts } from './rows.ts';
import { effectiveOf, inWords } from './scores.ts';
import { memberValue, notSaidValue, type Value } from './value.ts';

type Measure = NonNullable<NonNullable<ImsRecord['assessment']>['values']>[number];

const { of: measure } = definition.members.values;
const QUESTIONS = itemQuestionsOf(measure, [
  {
    part: 'measure',
    code: 'measured-value',
    member: 'value',
    beside: { diastolic: 'diastolic-blood-pressure' },
  },
]);

/** Units that each of R4's vital-signs profiles allows. */
const VITAL_UNITS: Partial<Record<NonNullable<Measure['what']>, readonly string[]>> = {
  'body-temperature': ['Cel', '[degF]'],
  'blood-pressure': ['mm[Hg]'],
  'heart-rate': ['/min'],
  'respiratory-rate': ['/min'],
  'oxygen-saturation': ['%'],
  'body-weight': ['kg', 'g', '[lb_av]'],
  'body-height': ['cm', '[in_i]'],
  'body-mass-index': ['kg/m2'],
};

const LABORATORY: ReadonlySet<string | undefined> = new Set(['inr', 'platelet-count', 'hba1c']);

/** The values measured, each at its own time where it has one. */
export function measurementDrafts(context: Context, one: Measure): ObservationDraft[] {
  const { key, what, at, date, method } = one;
  const own = at === undefined ? effectiveOf(date) : { effective: at };
  const effective = 'effective' in own ? own.effective : context.visitAt;
  const isVital = fitsVitalSigns(one, effective);
  const isNamed = what !== undefined && what !== 'other';
  const shared: SharedParts = {
    key,
    names: namesOf(context.record),
    profile: 'ims-measured-value',
    category: isVital ? 'vital-signs' : LABORATORY.has(what) ? 'laboratory' : 'exam',
    label: isNamed ? renderCode(what) : (inWords('measured-value', one, 'what').text ?? ''),
    said: ['what', 'date', 'at'],
    code: isNamed
      ? codeOf(what, isVital || LABORATORY.has(what))
      : inWords('measured-value', one, 'what'),
    ...own,
    ...(method === undefined ? {} : { method: { text: method } }),
  };
  const isPressure = what === 'blood-pressure' && (isVital || hasNumber(one));
  return isPressure ? pressureSigns(one, shared, isVital) : draftsOf(QUESTIONS, one, shared);
}

function hasNumber({ value, diastolic }: Measure): boolean {
  return value !== undefined || diastolic !== undefined;
}

function codeOf(code: string, isStandard: boolean): CodeableConcept {
  return isStandard ? concept(code) : ownConcept(code);
}

/** Numbers in a unit of the profile, or reasons why there are none, known at least to the day. */
function fitsVitalSigns(one: Measure, effective: string | undefined): boolean {
  const { what, unit = '' } = one;
  const units = what === undefined ? undefined : VITAL_UNITS[what];
  if (units === undefined || !/^\d{4}-\d\d-\d\d/.test(effective ?? '')) return false;
  const needed =
    what === 'blood-pressure' ? (['value', 'diastolic'] as const) : (['value'] as const);
  const isMeasured = needed.some((name) => typeof one[name] === 'number');
  // Of all these profiles that of the body mass index alone takes no reason in the value's place.
  if (what === 'body-mass-index' && !isMeasured) return false;
  // A second number is a part of a blood pressure and of nothing else.
  if (needed.length === 1 && isCharted(one, 'diastolic')) return false;
  return (!isMeasured || units.includes(unit)) && needed.every((name) => isPlain(one, name));
}

function isPlain(one: Measure, name: 'value' | 'diastolic'): boolean {
  if (one[name] !== undefined) return typeof one[name] === 'number';
  return one.asWritten?.[name] === undefined && one.absent?.[name] !== undefined;
}

function isCharted({ asWritten, absent, ...one }: Measure, name: 'diastolic'): boolean {
  return (one[name] ?? asWritten?.[name] ?? absent?.[name]) !== undefined;
}

/** A blood pressure has no value of its own: it is its two parts. */
function pressureSigns(one: Measure, shared: SharedParts, isVital: boolean): ObservationDraft[] {
  const { value, diastolic } = measure.members;
  const part = (code: string, found: Value | undefined): ObservationComponent => ({
    code: codeOf(code, isVital),
    ...(found ?? notSaidValue()),
  });
  const components = [
    part('systolic-blood-pressure', memberValue(one, 'value', value)),
    part('diastolic-blood-pressure', memberValue(one, 'diastolic', diastolic)),
  ];
  const said = [...(shared.said ?? []), 'value', 'diastolic', 'unit'];
  return draftsOf(QUESTIONS, one, { ...shared, said }).map((sign) => {
    const [, ...rest] = sign.says.split('\n');
    const says = [`${shared.label}: ${sayPressure(one)}`, ...rest].join('\n');
    return { ...sign, says, value: {}, components };
  });
}

/** "128/84 mm[Hg]", with the chart's words for either number. */
function sayPressure(one: Measure): string {
  const both = [one.value, one.diastolic].map(sayNumber).join('/');
  const amount = one.unit === undefined ? both : `${both} ${unitText(one.unit)}`;
  const written = withWords(one, 'value', hasNumber(one) ? amount : undefined);
  return withWords(one, 'diastolic', written) ?? 'not said';
}

function sayNumber(value: NumberValue | undefined): string {
  return value === undefined ? '?' : renderAmount(value, undefined);
}
