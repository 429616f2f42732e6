import { describe, expect, it } from 'vitest';
import { visitOrder } from '../../src/ims/records/visit-order.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { buildShared, type Contributor, mergedIdentifiers } from '../../src/mapping/shared.ts';
import { decideShared } from '../../src/push/shared-decisions.ts';
import { assess } from '../../src/safety/assess.ts';
import { anImsRecord, type Json, onDay, SOURCE } from '../records.ts';

function visit(day: string, members: Json): ImsRecord {
  return anImsRecord({ ...onDay(day), ...members });
}

const contributorOf = (record: ImsRecord): Contributor => ({
  record,
  findings: assess(record).findings,
});

/** Decides the shared resources of `record`, or of its retraction, beside `others`. */
function decide(
  record: ImsRecord,
  others: readonly ImsRecord[],
  { isRetracted = false, unreadable = [] as readonly string[] } = {},
) {
  const mapped = isRetracted
    ? new Map()
    : buildShared(
        contributorOf(record),
        others.filter((o) => !unreadable.includes(o.recordId)),
      );
  const all = [record, ...others];
  const identifiersOf = (one: ImsRecord) => [
    ...new Set([...buildShared(contributorOf(one), []).keys(), ...mergedIdentifiers(one)]),
  ];
  const contributors = others.filter(({ recordId }) => !unreadable.includes(recordId));
  return decideShared({
    record,
    mapped,
    contributed: new Set(isRetracted ? [] : identifiersOf(record)),
    identifiers: [...new Set(all.flatMap(identifiersOf))],
    contributions: others.flatMap((other) =>
      identifiersOf(other).map((identifier) => ({
        identifier,
        source: SOURCE,
        recordId: other.recordId,
        revision: 1,
        visitAt: visitOrder(other),
      })),
    ),
    contributors: new Map(contributors.map((other) => [other.recordId, contributorOf(other)])),
  });
}

const pain = { assessment: { pain: [{ key: 'p', context: 'pain-current', value: 4 }] } };
const collapsedLung = {
  key: 'e',
  code: 'pneumothorax',
  considered: 'adverse',
  verification: 'confirmed',
};
const pregnant = { screening: { pregnancy: { answer: 'yes' } } };
const flagOf = (decisions: ReturnType<typeof decide>) =>
  [...decisions].find(([identifier]) => identifier.includes('-flag-'))?.[1];
const eventOf = (decisions: ReturnType<typeof decide>) =>
  [...decisions].find(([identifier]) => identifier.includes('-ae-'))?.[1];
const planOf = (decisions: ReturnType<typeof decide>) =>
  [...decisions].find(([identifier]) => identifier.endsWith('-plan'))?.[1];

describe('a shared resource', () => {
  const first = visit('01', pregnant);
  const second = visit('08', pregnant);

  it('follows the latest visit, in any order of arrival', () => {
    expect(flagOf(decide(second, [first]))).toMatchObject({ state: 'present', record: second });
    expect(flagOf(decide(first, [second]))).toMatchObject({ state: 'present', record: second });
  });

  it('follows the visit that is left when the latest is retracted', () => {
    const decision = flagOf(decide(second, [first], { isRetracted: true }));
    expect(decision).toMatchObject({ state: 'present', record: first });
  });

  it('is absent when nobody contributes to it any more', () => {
    expect(flagOf(decide(second, [], { isRetracted: true }))).toEqual({ state: 'absent' });
  });

  it('is never decided against a contributor that cannot be read', () => {
    const unreadable = [first.recordId];
    const decision = flagOf(decide(second, [first], { isRetracted: true, unreadable }));
    expect(decision).toEqual({ state: 'unknown' });
  });

  it('is merged from all its visits where earlier ones stay valid', () => {
    const exercise = (key: string) => [{ key, what: 'stretching' }];
    const early = visit('01', { ...pain, episode: { id: 'e', exercises: exercise('x1') } });
    const late = visit('08', { ...pain, episode: { id: 'e', exercises: exercise('x2') } });
    const decision = planOf(decide(early, [late]));
    expect(decision).toMatchObject({ state: 'present', record: late });
    const activity = decision?.state === 'present' ? decision.resource.resource : undefined;
    expect(activity).toMatchObject({ activity: [{}, {}] });
  });

  it('that is merged is not decided while any of its records cannot be read', () => {
    const early = visit('01', { ...pain, episode: { id: 'e', plan: { plannedTotal: 6 } } });
    const late = visit('08', { ...pain, episode: { id: 'e', plan: { plannedTotal: 8 } } });
    for (const [delivered, unreadable] of [
      [late, early],
      [early, late],
    ] as const) {
      const decisions = decide(delivered, [unreadable], { unreadable: [unreadable.recordId] });
      expect(planOf(decisions)).toEqual({ state: 'unknown' });
    }
  });

  it('that is merged is decided without the unreadable record of another resource', () => {
    const ofEvent = visit('01', { ...pain, events: [collapsedLung] });
    const ofPlan = visit('08', { ...pain, episode: { id: 'e', plan: { plannedTotal: 8 } } });
    const decisions = decide(ofPlan, [ofEvent], { unreadable: [ofEvent.recordId] });
    expect(planOf(decisions)).toMatchObject({ state: 'present', record: ofPlan });
  });

  it('is an event only if every record that reports it can be read', () => {
    const first = visit('01', { ...pain, events: [collapsedLung] });
    const next = visit('08', {
      ...pain,
      events: [{ ...collapsedLung, continues: { recordId: first.recordId, key: 'e' } }],
    });
    expect(eventOf(decide(next, [first]))).toMatchObject({ state: 'present' });
    const unreadable = [first.recordId];
    expect(eventOf(decide(next, [first], { unreadable }))).toEqual({ state: 'unknown' });
  });
});
