import type { Goal } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { inEpisode, resourcesIn } from '../mapped.ts';

describe('a goal', () => {
  const goals = [
    { key: 'one', goal: 'reduce-pain', targetDate: '2026-06' },
    { key: 'two', goal: 'other', text: 'Carry the child' },
  ];
  const reviewed = (goalsMet: string) => ({
    assessment: { review: { review: 'continue', goalsMet } },
  });
  const achieved = (list: readonly object[], goalsMet: string) =>
    resourcesIn<Goal>(inEpisode({ goals: list }, reviewed(goalsMet)), 'Goal').map(
      ({ achievementStatus }) => achievementStatus?.coding?.[0]?.code,
    );

  it('is active, with its description and due date', () => {
    const [one, two] = resourcesIn<Goal>(inEpisode({ goals }), 'Goal');
    expect(one).toMatchObject({
      lifecycleStatus: 'active',
      description: { text: 'Reduce pain' },
      target: [{ dueDate: '2026-06' }],
    });
    expect(two?.description.text).toBe('Carry the child');
    expect(two?.target).toBeUndefined();
  });

  it('addresses the complaint it names, or the only complaint of the record', () => {
    const complaints = [
      { key: 'back', text: 'Back' },
      { key: 'neck', text: 'Neck' },
    ];
    const named = [{ ...goals[0], complaintKeys: ['neck'] }, goals[1]];
    const addressed = (episode: object) =>
      resourcesIn<Goal>(inEpisode(episode), 'Goal').map(({ addresses = [] }) =>
        addresses.map(({ display }) => display),
      );
    expect(addressed({ complaints, goals: named })).toEqual([['Neck'], []]);
    expect(addressed({ complaints: complaints.slice(0, 1), goals })).toEqual([['Back'], ['Back']]);
  });

  it('is achieved where the review says met; "not met" decides only for a single goal', () => {
    expect(achieved(goals, 'yes')).toEqual(['achieved', 'achieved']);
    expect(achieved(goals, 'no')).toEqual([undefined, undefined]);
    expect(achieved(goals.slice(0, 1), 'no')).toEqual(['not-achieved']);
    expect(achieved(goals, 'unknown')).toEqual([undefined, undefined]);
  });
});
