import type { AdverseEvent, Condition, Observation, Procedure } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { unmapBundle } from '../../../src/adapter.ts';
import { structureUrl } from '../../../src/fhir/canonical.ts';
import { toFhir, toTransaction } from '../../../src/mapping/to-fhir.ts';
import { assess } from '../../../src/safety/assess.ts';
import { anImsRecord, aSession } from '../../records.ts';
import { resourcesIn } from '../mapped.ts';

const session = aSession({ startAt: '2026-03-02T09:05:00-08:00' });
const withEvents = (...events: object[]) =>
  anImsRecord({ session, events: events.map((event, index) => ({ key: `e${index}`, ...event })) });
const adverseOf = (...events: object[]) =>
  resourcesIn<AdverseEvent>(withEvents(...events), 'AdverseEvent');
const reactionsOf = (...events: object[]) =>
  resourcesIn<Observation>(withEvents(...events), 'Observation').filter(({ meta }) =>
    meta?.profile?.includes(structureUrl('ims-reaction')),
  );

describe('an event', () => {
  it.each([
    ['adverse', 'bruise', 'not verified', true],
    ['expected', 'bruise', 'not verified', false],
    ['not-said', 'bruise', 'not verified', false],
    ['not-said', 'pneumothorax', 'not verified', true],
    ['expected', 'pneumothorax', 'not verified', false],
    ['adverse', 'pneumothorax', 'ruled-out', false],
  ])(
    'considered %s, a %s, %s, is an AdverseEvent: %s',
    (considered, code, verification, isAdverse) => {
      const event = {
        considered,
        code,
        ...(verification === 'not verified' ? {} : { verification }),
      };
      expect(adverseOf(event)).toHaveLength(isAdverse ? 1 : 0);
      expect(reactionsOf(event)).toHaveLength(isAdverse ? 0 : 1);
    },
  );

  it('reported twice in one record is one resource, with the identifier of the first report', () => {
    const first = { code: 'haematoma', considered: 'adverse', verification: 'suspected' };
    const [event, ...others] = adverseOf(first, {
      ...first,
      verification: 'confirmed',
      continues: { key: 'e0' },
    });
    expect(others).toEqual([]);
    expect(event?.identifier?.value).toMatch(/-ae-e0$/);
    expect(event?.event?.text).toBe('Haematoma');
    const reports = event?.extension?.filter(({ url }) => url === structureUrl('event-report'));
    expect(reports).toHaveLength(2);
  });

  it('that continues itself, or two that continue each other, are one resource', () => {
    const event = { code: 'bruise', considered: 'adverse' };
    expect(adverseOf({ ...event, continues: { key: 'e0' } })).toHaveLength(1);
    const circle = [
      { ...event, continues: { key: 'e1' } },
      { ...event, continues: { key: 'e0' } },
    ];
    expect(adverseOf(...circle).map(({ identifier }) => identifier?.value?.slice(18))).toEqual([
      '-ae-e0',
    ]);
  });

  it('first reported by another record is not read as a visit of its own', () => {
    const continues = { recordId: 'visit-0', key: 'e' };
    const record = withEvents({ code: 'bruise', considered: 'adverse', continues });
    const { visits } = unmapBundle(toTransaction(toFhir(record, assess(record))));
    expect(visits.map((one) => one.record?.recordId)).toEqual(['visit-1']);
  });
});

describe('a complication', () => {
  const conditionsOf = (event: object) =>
    resourcesIn<Condition>(withEvents(event), 'Condition').map((one) => [
      one.verificationStatus?.coding?.[0]?.code,
      one.clinicalStatus?.coding?.[0]?.code,
    ]);
  const event = { code: 'pneumothorax', considered: 'adverse' };

  it.each([
    [{ verification: 'suspected' }, 'unconfirmed', 'active'],
    [{}, 'unconfirmed', 'active'],
    [{ verification: 'confirmed', outcome: 'ongoing' }, 'confirmed', 'active'],
    [{ verification: 'confirmed', outcome: 'resolved' }, 'confirmed', 'resolved'],
    [{ verification: 'confirmed', outcome: 'fatal' }, 'confirmed', 'active'],
  ])('reported with %j is %s and %s', (members, verification, clinical) => {
    expect(conditionsOf({ ...event, ...members })).toEqual([[verification, clinical]]);
  });

  it('is written for a bruise only where it was classed as serious', () => {
    expect(conditionsOf({ code: 'bruise', considered: 'adverse' })).toEqual([]);
    const serious = { code: 'bruise', considered: 'adverse', severity: 'ae-serious' };
    expect(conditionsOf(serious)).toHaveLength(1);
  });

  it("is referenced by the record's own session, but not where it is of another session", () => {
    const [own] = resourcesIn<Procedure>(withEvents(event), 'Procedure');
    expect(own?.complication?.[0]?.text).toBe('Pneumothorax');
    expect(own?.complicationDetail?.[0]?.identifier?.value).toMatch(/-harm-e0$/);
    const ofOtherSession = { ...event, aboutSession: 'visit-0' };
    const [other] = resourcesIn<Procedure>(withEvents(ofOtherSession), 'Procedure');
    expect(other?.complication).toBeUndefined();
    expect(other?.complicationDetail).toBeUndefined();
  });
});
