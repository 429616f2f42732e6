// The course of treatment -> one CarePlan of the episode: how many sessions and how often, exercises,
// the next visit. Only what is written in this patient's plan; what is usual in a clinic is never
// filled in. For readers: what comes back is the visit's own copy in its assessment response.
import type { CarePlan, CarePlanActivity, CodeableConcept } from '@medplum/fhirtypes';
import { namesOf } from '../../chart/names.ts';
import { type Block, xhtml } from '../../chart/narrative.ts';
import { recordNotices } from '../../chart/notices.ts';
import { renderObject } from '../../chart/render-object.ts';
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
import { identifierValue, ourIdentifier } from '../identity.ts';
import { conditionReferences } from './condition.ts';
import { goalReferences } from './goal.ts';
import { timingOf } from './timing.ts';

type Episode = NonNullable<ImsRecord['episode']>;
type Exercise = NonNullable<Episode['exercises']>[number];
type Status = CarePlan['status'];

/** The plan of a course as its visits have made it. */
interface Course {
  readonly plan: Episode['plan'];
  readonly exercises: readonly Exercise[];
  readonly nextVisit: Episode['nextVisit'];
}

const { plan, exercises, nextVisit } = definition.members;
const { review: REVIEW } = assessment.members;

/** The CarePlan of the episode; none where the record says nothing of the course. */
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
    text: { status: 'generated', div: xhtml(narrativeOf(context, course)) },
    extension: [sharedRecordExtension(context)],
    identifier: [ourIdentifier(identifierValue(episodeScope, 'plan'))],
    status,
    intent: 'plan',
    category: [concept('course-plan')],
    title: 'Needling course plan',
    subject,
    encounter,
    ...(author === undefined ? {} : { author }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(goal.length === 0 ? {} : { goal }),
    activity: activitiesOf(context, course, status),
  };
  return [mappedResource(episodeScope, { part: 'plan' }, resource)];
}

/**
 * The plan and each exercise as said last; a later visit that is silent on them leaves them standing.
 * A next visit is the next one of the visit that named it, so it is not carried on.
 */
function courseOf(context: Context): Course {
  const { record } = context;
  const told = [...earlierInEpisode(context), record].flatMap(({ episode }) => episode ?? []);
  const prescribed = told.flatMap(({ exercises = [] }) => exercises);
  return {
    plan: told.findLast(({ plan }) => plan !== undefined)?.plan,
    exercises: [...new Map(prescribed.map((one) => [one.key, one])).values()],
    nextVisit: record.episode?.nextVisit,
  };
}

/** The plan goes on unless this visit's review of it says otherwise. */
function statusOf({ record, retracted }: Context): Status {
  if (retracted) return 'entered-in-error';
  const { review, complaintKeys } = record.assessment?.review ?? {};
  // A review of some complaints is not one of the whole course.
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

/** What R4 asks each activity to say of itself; how far exercises have gone, no chart says. */
const AT_STATUS = {
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
  const ended = AT_STATUS[status as keyof typeof AT_STATUS] as Detail['status'] | undefined;
  const isUnderWay = record.session?.status === 'completed' || record.session?.status === 'stopped';
  const details: Detail[] = [
    ...(plan === undefined
      ? []
      : [needling(plan, ended ?? (isUnderWay ? 'in-progress' : 'unknown'))]),
    ...exercises.map((one) => ({
      kind: 'ServiceRequest' as const,
      code: exerciseConcept(one),
      status: ended ?? ('unknown' as const),
    })),
    ...(nextVisit === undefined ? [] : [visitToCome(nextVisit, ended ?? 'not-started')]),
  ];
  return details.map((detail) => ({ detail }));
}

function needling(planned: NonNullable<Course['plan']>, status: Detail['status']): Detail {
  const words = inWords(planned, plan.members);
  const timing = timingOf(planned);
  return {
    kind: 'ServiceRequest',
    code: concept('course-sessions'),
    status,
    ...(timing === undefined ? {} : { scheduledTiming: timing }),
    ...(words === '' ? {} : { description: words }),
  };
}

function visitToCome(next: NonNullable<Course['nextVisit']>, status: Detail['status']): Detail {
  const date = typeof next.date === 'object' ? next.date.date : next.date;
  const words = inWords(next, nextVisit.members);
  return {
    kind: 'Appointment',
    code: concept('next-visit'),
    status,
    ...(date === undefined ? {} : { scheduledTiming: { event: [date] } }),
    ...(words === '' ? {} : { description: words }),
  };
}

function exerciseConcept({ what, text, asWritten }: Exercise): CodeableConcept {
  const coded = what === undefined ? {} : concept(what);
  const named = what === 'other' ? [] : [coded.text ?? asWritten?.what];
  const words = [...named, text ?? asWritten?.what].filter((part) => part !== undefined);
  return { ...coded, text: [...new Set(words)].join(': ') };
}

function inWords(value: object, members: Members): string {
  return renderObject({ ...value }, members).join('; ');
}

function narrativeOf(context: Context, { plan: planned, exercises: all, nextVisit: next }: Course) {
  const names = namesOf(context.record);
  const lines = (value: object | undefined, members: Members) =>
    value === undefined ? [] : renderObject({ ...value }, members, names);
  const reviewed = context.record.assessment?.review;
  const blocks: Block[] = [
    ...recordNotices(context.record),
    { heading: plan.label, lines: lines(planned, plan.members) },
    { heading: exercises.label, lines: all.map((one) => exerciseConcept(one).text ?? '') },
    { heading: nextVisit.label, lines: lines(next, nextVisit.members) },
    { heading: REVIEW.label, lines: lines(reviewed, REVIEW.members) },
  ];
  return blocks;
}
