// Vital signs and laboratory values (dictionary row A49). Every Observation with the LOINC code of a
// vital sign must conform to R4's profile for it (hl7.org/fhir/R4/observation-vitalsigns.html), so a
// value that does not fit there gets the IMS code only.
import type { CodeableConcept, ObservationComponent } from '@medplum/fhirtypes';
import { addAsWritten } from '../../chart/first-line.ts';
import { namesOf } from '../../chart/names.ts';
import { renderAmount, renderCode } from '../../chart/values.ts';
import { assessment as definition } from '../../ims/schema/assessment.ts';
import type { NumberValue } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, ownConcept } from '../../terminology/concepts.ts';
import { unitText } from '../../terminology/units.ts';
import type { Context } from '../context.ts';
import { draftsOf, type SharedDraft } from './drafts.ts';
import { codeInChartWords, effectiveOf, type ObservationDraft } from './observation.ts';
import { itemQuestionsOf } from './questions.ts';
import { memberValue, notRecordedValue, type ObservationValue } from './value.ts';

type Measurement = NonNullable<NonNullable<ImsRecord['assessment']>['values']>[number];

const { of: measurement } = definition.members.values;
const QUESTIONS = itemQuestionsOf(measurement, [
  {
    part: 'measure',
    code: 'measured-value',
    member: 'value',
    details: { diastolic: 'diastolic-blood-pressure' },
  },
]);

/** UCUM units that R4's vital signs profiles allow. */
const VITAL_SIGN_UNITS: Partial<Record<NonNullable<Measurement['what']>, readonly string[]>> = {
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

/** Observations of one measured value, at its own time if the record has one. */
export function measurementDrafts(context: Context, measured: Measurement): ObservationDraft[] {
  const { key, what, at, date, method } = measured;
  const ownTime = at === undefined ? effectiveOf(date) : { effective: at };
  const effective = 'effective' in ownTime ? ownTime.effective : context.visitAt;
  const isVitalSign = fitsVitalSigns(measured, effective);
  const isLaboratory = LABORATORY.has(what);
  const code =
    what === undefined || what === 'other'
      ? codeInChartWords('measured-value', measured, 'what')
      : codeOf(what, isVitalSign || isLaboratory);
  const shared: SharedDraft = {
    key,
    keyNames: namesOf(context.record),
    profile: 'ims-measured-value',
    category: isVitalSign ? 'vital-signs' : isLaboratory ? 'laboratory' : 'exam',
    label: what === undefined || what === 'other' ? (code.text ?? '') : renderCode(what),
    omittedMembers: ['what', 'date', 'at'],
    code,
    ...ownTime,
    ...(method === undefined ? {} : { method: { text: method } }),
  };
  const isPressure = what === 'blood-pressure' && (isVitalSign || hasNumber(measured));
  return isPressure
    ? pressureDrafts(measured, shared, isVitalSign)
    : draftsOf(QUESTIONS, measured, shared);
}

function hasNumber({ value, diastolic }: Measurement): boolean {
  return value !== undefined || diastolic !== undefined;
}

function codeOf(code: string, withStandardCodes: boolean): CodeableConcept {
  return withStandardCodes ? concept(code) : ownConcept(code);
}

/**
 * True when the value conforms to R4's vital signs profile: its numbers in a unit of the profile, or
 * reasons for their absence, at a time known at least to the day.
 */
function fitsVitalSigns(measured: Measurement, effective: string | undefined): boolean {
  const { what, unit = '' } = measured;
  const units = what === undefined ? undefined : VITAL_SIGN_UNITS[what];
  if (units === undefined || !/^\d{4}-\d\d-\d\d/.test(effective ?? '')) return false;
  const required =
    what === 'blood-pressure' ? (['value', 'diastolic'] as const) : (['value'] as const);
  const isMeasured = required.some((name) => typeof measured[name] === 'number');
  // The profile of the body mass index is the only one that requires a value and allows no reason.
  if (what === 'body-mass-index' && !isMeasured) return false;
  // Only a blood pressure has a second number.
  if (required.length === 1 && isCharted(measured, 'diastolic')) return false;
  return (!isMeasured || units.includes(unit)) && required.every((name) => isPlain(measured, name));
}

/** True for a single number, or for a missing one with a reason: no range and no words. */
function isPlain(measured: Measurement, name: 'value' | 'diastolic'): boolean {
  const { [name]: value, asWritten, absent } = measured;
  if (value !== undefined) return typeof value === 'number';
  return asWritten?.[name] === undefined && absent?.[name] !== undefined;
}

function isCharted({ asWritten, absent, ...measured }: Measurement, name: 'diastolic'): boolean {
  return (measured[name] ?? asWritten?.[name] ?? absent?.[name]) !== undefined;
}

/** A blood pressure has two components and no value. */
function pressureDrafts(
  measured: Measurement,
  shared: SharedDraft,
  isVitalSign: boolean,
): ObservationDraft[] {
  const { value, diastolic } = measurement.members;
  const part = (code: string, number: ObservationValue | undefined): ObservationComponent => ({
    code: codeOf(code, isVitalSign),
    ...(number ?? notRecordedValue()),
  });
  const components = [
    part('systolic-blood-pressure', memberValue(measured, 'value', value)),
    part('diastolic-blood-pressure', memberValue(measured, 'diastolic', diastolic)),
  ];
  const omittedMembers = [...(shared.omittedMembers ?? []), 'value', 'diastolic', 'unit'];
  return draftsOf(QUESTIONS, measured, { ...shared, omittedMembers }).map((draft) => {
    const [, ...otherLines] = draft.narrative.split('\n');
    const firstLine = `${shared.label}: ${renderPressure(measured)}`;
    return { ...draft, narrative: [firstLine, ...otherLines].join('\n'), value: {}, components };
  });
}

/** "128/84 mmHg", with the chart's own words for either number. */
function renderPressure(measured: Measurement): string {
  const numbers = [measured.value, measured.diastolic].map(renderNumber).join('/');
  const amount = measured.unit === undefined ? numbers : `${numbers} ${unitText(measured.unit)}`;
  const systolic = addAsWritten(measured, 'value', hasNumber(measured) ? amount : undefined);
  return addAsWritten(measured, 'diastolic', systolic) ?? 'not recorded';
}

function renderNumber(value: NumberValue | undefined): string {
  return value === undefined ? '?' : renderAmount(value, undefined);
}
