// Maps goals of the treatment to Goal. Reading does not use these resources, because the assessment
// response contains the data.
import type { CodeableConcept, Goal } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { episode as definition } from '../../ims/schema/episode.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept, hl7Concept } from '../../terminology/concepts.ts';
import {
  type Context,
  type MappedResource,
  mappedResource,
  metaForProfile,
  reference,
  sharedRecordExtension,
} from '../context.ts';
import { dateOf } from '../dates.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';
import { complaintReferences } from './condition.ts';

type ImsGoal = NonNullable<NonNullable<ImsRecord['episode']>['goals']>[number];

/** One Goal for each goal of the episode. */
export function goalsToFhir(context: Context): MappedResource[] {
  return goalsOf(context).map((goal) => goalToFhir(context, goal));
}

/** References to the Goals of the episode. */
export function goalReferences(context: Context) {
  const { episodeScope } = context;
  if (episodeScope === undefined) return [];
  return goalsOf(context).map((goal) =>
    reference<Goal>(
      'Goal',
      identifierValue(episodeScope, 'goal', goal.key),
      descriptionOf(goal).text ?? 'Goal',
    ),
  );
}

function goalsOf({ record }: Context): readonly ImsGoal[] {
  return record.episode?.goals ?? [];
}

function goalToFhir(context: Context, goal: ImsGoal): MappedResource {
  const { episodeScope, subject, retracted, record } = context;
  if (episodeScope === undefined) throw new TypeError('a Goal requires an episode');
  const due = dueDateOf(goal);
  const addresses = complaintReferences(context, goal.complaintKeys);
  const lines = renderObject(goal, definition.members.goals.of.members, namesOf(record));
  const resource: Goal = {
    resourceType: 'Goal',
    meta: metaForProfile('goal'),
    text: {
      status: 'generated',
      div: narrativeDiv([
        ...recordNotices(context.record),
        { heading: 'Goal of the treatment', lines },
      ]),
    },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(episodeScope, 'goal', goal.key))],
    lifecycleStatus: retracted ? 'entered-in-error' : 'active',
    ...achievementOf(context),
    category: [concept('goals')],
    description: descriptionOf(goal),
    subject,
    ...(due === undefined ? {} : { target: [{ dueDate: due }] }),
    ...(addresses.length === 0 ? {} : { addresses }),
  };
  return mappedResource(episodeScope, { part: 'goal', key: goal.key }, resource);
}

/** The goal, with the words that specify it. */
function descriptionOf({ goal, text, asWritten }: ImsGoal): CodeableConcept {
  const coded = goal === undefined ? {} : concept(goal);
  const name = goal === 'other' ? undefined : (coded.text ?? asWritten?.goal);
  const parts = [name, text ?? asWritten?.goal].filter((part) => part !== undefined);
  return { ...coded, text: [...new Set(parts)].join(': ') };
}

function dueDateOf({ targetDate }: ImsGoal): string | undefined {
  return dateOf(targetDate);
}

/**
 * Whether the goals were achieved, from the review at this visit. "Met" applies to each goal. "Not met"
 * applies only to a single goal: with several goals, the chart does not say which was not met.
 */
function achievementOf(context: Context): Pick<Goal, 'achievementStatus'> {
  const met = context.record.assessment?.review?.goalsMet;
  if (met === 'yes') return { achievementStatus: hl7Concept('goal-achievement', 'achieved') };
  const isSingle = goalsOf(context).length === 1;
  return met === 'no' && isSingle
    ? { achievementStatus: hl7Concept('goal-achievement', 'not-achieved') }
    : {};
}
