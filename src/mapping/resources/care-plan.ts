// Maps the course of treatment to one CarePlan for the episode: number and frequency of sessions,
// exercises, the next visit. Only what the chart says; defaults of a clinic are never filled in. Reading
// does not use this resource, because the assessment response contains the data.
import type { CarePlan, CarePlanActivity, CodeableConcept } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { type Block, narrativeDiv } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
import { defined } from '../../defined.ts';
import { assessment } from '../../ims/schema/assessment.ts';
import { episode as definition } from '../../ims/schema/episode.ts';
import type { Members } from '../../ims/schema/members.ts';
import type { ImsRecord } from '../../ims/schema/record.ts';
import { concept } from '../../terminology/concepts.ts';
import {
  type Context,
  earlierInEpisode,
  type MappedResource,
  mappedResource,
  metaForProfile,
  sharedRecordExtension,
} from '../context.ts';
import { dateOf } from '../dates.ts';
import { identifierValue, ourIdentifier } from '../identity.ts';
import { conditionReferences } from './condition.ts';
import { goalReferences } from './goal.ts';
import { timingOf } from './timing.ts';

type Episode = NonNullable<ImsRecord['episode']>;
type Exercise = NonNullable<Episode['exercises']>[number];
type Status = CarePlan['status'];

/** The plan of a course after its visits so far. */
interface Course {
  readonly plan: Episode['plan'];
  readonly exercises: readonly Exercise[];
  readonly nextVisit: Episode['nextVisit'];
}

const { plan, exercises, nextVisit } = definition.members;
const { review: REVIEW } = assessment.members;

/** The CarePlan of the episode; none where the record does not mention the course. */
export function carePlanToFhir(context: Context): MappedResource[] {
  const { episodeScope, subject, encounter, performers } = context;
  const { episode = { id: '' } } = context.record;
  const isPlanned = [episode.plan, episode.exercises, episode.nextVisit].some(Boolean);
  if (episodeScope === undefined || !isPlanned) return [];
  const course = courseOf(context);
  const status = statusOf(context);
  const [author] = performers;
  const addresses = conditionReferences(context);
  const goal = goalReferences(context);
  const resource: CarePlan = {
    resourceType: 'CarePlan',
    meta: metaForProfile('plan'),
    text: { status: 'generated', div: narrativeDiv(narrativeOf(context, course)) },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(episodeScope, 'plan'))],
    status,
    intent: 'plan',
    category: [concept('course-plan')],
    title: 'Needling course plan',
    subject,
    encounter,
    ...defined({ author }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(goal.length === 0 ? {} : { goal }),
    activity: activitiesOf(context, course, status),
  };
  return [mappedResource(episodeScope, { part: 'plan' }, resource)];
}

/**
 * The plan and each exercise as last charted; visits that do not mention them leave them unchanged.
 * The next visit is only that of the record itself.
 */
function courseOf(context: Context): Course {
  const { record } = context;
  const episodes = [...earlierInEpisode(context), record].flatMap(({ episode }) => episode ?? []);
  const prescribed = episodes.flatMap(({ exercises = [] }) => exercises);
  return {
    plan: episodes.findLast(({ plan }) => plan !== undefined)?.plan,
    exercises: [...new Map(prescribed.map((exercise) => [exercise.key, exercise])).values()],
    nextVisit: record.episode?.nextVisit,
  };
}

/** Active unless the review at this visit ended or paused the plan. */
function statusOf({ record, retracted }: Context): Status {
  if (retracted) return 'entered-in-error';
  const { review, complaintKeys } = record.assessment?.review ?? {};
  // A review of some complaints does not decide about the whole course.
  if (review === undefined || complaintKeys !== undefined) return 'active';
  return REVIEWED[review];
}

const REVIEWED = {
  continue: 'active',
  modify: 'active',
  pause: 'on-hold',
  stop: 'revoked',
  discharge: 'completed',
} as const satisfies Record<string, Status>;

/** The status of every activity of a plan that is not active. */
const ACTIVITY_STATUS = {
  'on-hold': 'on-hold',
  revoked: 'stopped',
  completed: 'completed',
  'entered-in-error': 'entered-in-error',
} as const;

type Detail = NonNullable<CarePlanActivity['detail']>;

function activitiesOf(
  { record }: Context,
  { plan, exercises, nextVisit }: Course,
  status: Status,
): CarePlanActivity[] {
  const ended = ACTIVITY_STATUS[status as keyof typeof ACTIVITY_STATUS] as
    | Detail['status']
    | undefined;
  const isUnderWay = record.session?.status === 'completed' || record.session?.status === 'stopped';
  const details: Detail[] = [
    ...(plan === undefined
      ? []
      : [sessionsActivity(plan, ended ?? (isUnderWay ? 'in-progress' : 'unknown'))]),
    // Charts do not say how far exercises have progressed.
    ...exercises.map((exercise) => ({
      kind: 'ServiceRequest' as const,
      code: exerciseConcept(exercise),
      status: ended ?? ('unknown' as const),
    })),
    ...(nextVisit === undefined ? [] : [nextVisitActivity(nextVisit, ended ?? 'not-started')]),
  ];
  return details.map((detail) => ({ detail }));
}

function sessionsActivity(planned: NonNullable<Course['plan']>, status: Detail['status']): Detail {
  const description = textOf(planned, plan.members);
  const timing = timingOf(planned);
  return {
    kind: 'ServiceRequest',
    code: concept('course-sessions'),
    status,
    ...defined({ scheduledTiming: timing }),
    ...(description === '' ? {} : { description }),
  };
}

function nextVisitActivity(
  next: NonNullable<Course['nextVisit']>,
  status: Detail['status'],
): Detail {
  const date = dateOf(next.date);
  const description = textOf(next, nextVisit.members);
  return {
    kind: 'Appointment',
    code: concept('next-visit'),
    status,
    ...(date === undefined ? {} : { scheduledTiming: { event: [date] } }),
    ...(description === '' ? {} : { description }),
  };
}

function exerciseConcept({ what, text, asWritten }: Exercise): CodeableConcept {
  const coded = what === undefined ? {} : concept(what);
  const name = what === 'other' ? undefined : (coded.text ?? asWritten?.what);
  const parts = [name, text ?? asWritten?.what].filter((part) => part !== undefined);
  return { ...coded, text: [...new Set(parts)].join(': ') };
}

function textOf(value: object, members: Members): string {
  return renderObject({ ...value }, members).join('; ');
}

function narrativeOf(context: Context, course: Course): Block[] {
  const names = namesOf(context.record);
  const lines = (value: object | undefined, members: Members) =>
    value === undefined ? [] : renderObject({ ...value }, members, names);
  const review = context.record.assessment?.review;
  return [
    ...recordNotices(context.record),
    { heading: plan.label, lines: lines(course.plan, plan.members) },
    {
      heading: exercises.label,
      lines: course.exercises.map((exercise) => exerciseConcept(exercise).text ?? ''),
    },
    { heading: nextVisit.label, lines: lines(course.nextVisit, nextVisit.members) },
    { heading: REVIEW.label, lines: lines(review, REVIEW.members) },
  ];
}
