// An Observation edited on the server is reported; the record is read from response and Procedure.
import type { Observation } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_RULE_RESULTS } from '../../src/ims/records/findings.ts';
import { normalForm } from '../../src/ims/records/normal-form.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { fromFhir } from '../../src/mapping/from-fhir.ts';
import { fullUrlOf } from '../../src/mapping/identity.ts';
import { toFhir } from '../../src/mapping/to-fhir.ts';
import { arbitraryRecord } from '../arbitraries/record.ts';
import { anImsRecord } from '../records.ts';

const MOTION = {
  ...{ key: 'rom', joint: 'shoulder', side: 'left', movement: 'abduction' },
  ...{ value: 150, unit: 'deg', endPain: 'no' },
};
const record = anImsRecord({
  assessment: {
    motion: [MOTION],
    suitability: [{ key: 'd', decision: 'defer', deferUntil: '2026-06-01' }],
    redFlags: [{ key: 'r', flag: 'night-pain', answer: 'no' }],
  },
});

/** The record read back after the Observations with this code were changed. */
function edited(code: string, change: (observation: Observation) => object) {
  return read(record, (observation) =>
    observation.code?.coding?.[0]?.code === code
      ? { ...observation, ...change(observation) }
      : observation,
  );
}

function read(from: ImsRecord, change: (observation: Observation) => Observation) {
  const received = toFhir(from, NO_RULE_RESULTS).resources.map(({ resource, value }) => ({
    fullUrl: fullUrlOf(value),
    resource: resource.resourceType === 'Observation' ? change(resource) : resource,
  }));
  const [visit] = fromFhir(received).visits;
  return {
    record: visit?.record,
    conflicts: visit?.issues.filter((one) => one.code === 'conflict').map(({ path }) => path),
  };
}

describe('an Observation that a clinician edited', () => {
  it.each([
    ['a number', 'range-of-motion', { valueQuantity: { value: 120, code: 'deg' } }, 'value'],
    ['a unit', 'range-of-motion', { valueQuantity: { value: 150, code: 'cm' } }, 'value'],
    ['an answer', 'red-flag', { valueCodeableConcept: snomed('373066001') }, 'value'],
    ['zero instead of a value', 'range-of-motion', { valueQuantity: { value: 0 } }, 'value'],
    ['all components gone', 'range-of-motion', { component: [] }, 'component(joint-movement)'],
  ])('is reported: %s', (_, code, change, part) => {
    const { record: again, conflicts } = edited(code, () => change);
    expect(conflicts).toEqual([`Observation(${code}).${part}`]);
    expect(again && normalForm(again)).toBe(normalForm(record));
  });

  it('is reported with the component that differs', () => {
    const { conflicts } = edited('range-of-motion', ({ component = [] }) => ({
      component: component.map((one) =>
        one.code?.coding?.[0]?.code === 'end-pain'
          ? { ...one, valueCodeableConcept: snomed('373066001') }
          : one,
      ),
    }));
    expect(conflicts).toEqual(['Observation(range-of-motion).component(end-pain)']);
  });

  it('is not reported where the server only added, reordered or reworded', () => {
    const { conflicts } = edited('range-of-motion', ({ component = [], valueQuantity }) => ({
      component: [
        ...component.toReversed(),
        { code: { text: 'theirs' }, valueString: 'of their own' },
      ],
      valueQuantity: { ...valueQuantity, unit: 'degrees' },
    }));
    expect(conflicts).toEqual([]);
  });

  it('is never reported for an unchanged Observation', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (drawn) => {
        expect(read(drawn, (observation) => observation).conflicts).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is reported for each Observation whose value was replaced', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (drawn) => {
        let count = 0;
        const { conflicts } = read(drawn, (observation) => {
          if (observation.identifier?.[0]?.value?.includes('-outcome-')) return observation;
          count++;
          const { dataAbsentReason, valueQuantity, valueRange, ...rest } = observation;
          return { ...rest, valueCodeableConcept: undefined, valueString: 'replaced' } as never;
        });
        expect(conflicts).toHaveLength(count);
      }),
      { numRuns: 100 },
    );
  });
});

function snomed(code: string) {
  return { coding: [{ system: 'http://snomed.info/sct', code }] };
}
