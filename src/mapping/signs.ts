// Findings of the assessment and responses of the session that are searched or trended, as rows.
import type { Extension, ObservationComponent, Reference, Resource } from '@medplum/fhirtypes';
import { sayAmount, saySegment } from '../chart/values.ts';
import { sayCode, sayLeaf, sayObject } from '../chart/words.ts';
import { structureUrl } from '../fhir/canonical.ts';
import type { General } from '../ims/members.ts';
import type { ImsRecord } from '../ims/record.ts';
import { session as definition } from '../ims/session.ts';
import { answerCoding } from '../terminology/answers.ts';
import { coding } from '../terminology/codes.ts';
import { concept, findingCoding } from '../terminology/concepts.ts';
import { type Context, type MappedResource, reference } from './context.ts';
import { assessmentReference, procedureReference } from './documents.ts';
import { identifierValue, type Part } from './identity.ts';
import {
  absentValue,
  coded,
  missingValue,
  observation,
  quantityValue,
  type Sign,
  type Value,
} from './observation.ts';

type Assessment = NonNullable<ImsRecord['assessment']>;
type Pain = NonNullable<Assessment['pain']>[number];
type ExaminedSite = NonNullable<Assessment['sites']>[number];
type NeedledSite = NonNullable<NonNullable<ImsRecord['session']>['sites']>[number];

/** Earlier value that a retest is compared with. */
export const BASELINE_URL = structureUrl('baseline');

/** Every Observation of the assessment and of the response to needling. */
export function signsToFhir(context: Context): MappedResource[] {
  const { assessment, session } = context.record;
  const from = { derivedFrom: assessmentReference(context) };
  const during = session?.startAt === undefined ? {} : { effective: session.startAt };
  return [
    ...(assessment?.mechanisms ?? []).flatMap((one) => mechanismSign(one)),
    ...(assessment?.pain ?? []).flatMap((one) => painSign(context, one)),
    ...(assessment?.segments ?? []).flatMap((one) => segmentSign(one)),
    ...(assessment?.sites ?? []).flatMap(siteSigns),
  ]
    .map((sign) => observation(context, { ...from, ...sign }))
    .concat(
      (session?.sites ?? [])
        .flatMap((site) => responseSigns(site, procedureReference(context)))
        .map((sign) => observation(context, { ...sign, ...during })),
    );
}

function mechanismSign(one: NonNullable<Assessment['mechanisms']>[number]): Sign[] {
  const value = codedValue(one, 'mechanism', one.mechanism);
  if (value === undefined) return [];
  const components = (one.components ?? []).map((part) => coded('pain-mechanism-part', part));
  const says = `Pain mechanism: ${wordsOf(one, 'mechanism', one.mechanism)}`;
  return [{ ...row('mech', one.key, 'pain-mechanism'), category: 'exam', value, says, components }];
}

function painSign(context: Context, one: Pain): Sign[] {
  const value = painValue(one);
  if (value === undefined) return [];
  const { moment, site } = one;
  const score =
    one.value === undefined ? wordsOf(one, 'value', undefined) : sayLeaf(SCORE, one.value);
  const written = one.value === undefined ? undefined : one.asWritten?.value;
  const beside = written === undefined ? '' : ` (as written: ${written})`;
  const period = one.periodDays === undefined ? '' : ` over ${sayAmount(one.periodDays, 'd')}`;
  const activity = one.activity === undefined ? '' : ` (${one.activity})`;
  const when = moment === undefined ? '' : `, ${sayCode(moment).toLowerCase()}`;
  return [
    {
      ...{
        part: 'pain',
        key: one.key,
        code: concept(one.context ?? 'pain-current', { beside: one.scale }),
        category: 'survey',
        value,
      },
      says: `${sayCode(one.context ?? 'pain-current')}${activity}${period}${when}: ${score}${beside}`,
      ...(site === undefined ? {} : { place: site }),
      ...(moment === undefined ? {} : { components: [coded('moment', moment)] }),
      ...(one.at === undefined ? {} : { effective: one.at }),
      extension: baselineOf(context, one),
    } as Sign,
  ];
}

const TWITCH = definition.members.sites.of.members.twitch;
const SCORE = { kind: 'number', unit: '{score}' } as Parameters<typeof sayLeaf>[0];

/** The earlier score of this record, where it was written as an Observation of its own. */
function baselineOf({ record, visitScope }: Context, one: Pain): Extension[] {
  const earlier = record.assessment?.pain?.find(({ key }) => key === one.baseline);
  if (earlier === undefined || painValue(earlier) === undefined) return [];
  const value = identifierValue(visitScope, 'pain', earlier.key);
  return [{ url: BASELINE_URL, valueReference: reference('Observation', value, 'Earlier score') }];
}

function painValue(one: Pain): Value | undefined {
  return one.value === undefined ? missingValue(one, 'value') : quantityValue(one.value, '{score}');
}

function segmentSign(one: NonNullable<Assessment['segments']>[number]): Sign[] {
  const value = codedValue(one, 'segment', one.segment);
  if (value === undefined) return [];
  const components = one.side === undefined ? [] : [coded('site-side', one.side)];
  const side = one.side === undefined ? '' : `, ${sayCode(one.side).toLowerCase()}`;
  const says = `Segment involved: ${wordsOf(one, 'segment', one.segment)}${side}`;
  return [
    { ...row('segment', one.key, 'segment-involved'), category: 'exam', value, says, components },
  ];
}

function siteSigns(site: ExaminedSite): Sign[] {
  const { tenderness, tautBand, shortening } = site;
  const contracture = shortening?.contracture === 'yes' ? ['muscle-contracture'] : [];
  return [
    ...gradeSign(site, { part: 'tender', code: 'tenderness', sign: tenderness, beside: [] }),
    ...gradeSign(site, { part: 'band', code: 'taut-band', sign: tautBand, beside: [] }),
    ...gradeSign(site, {
      part: 'short',
      code: 'muscle-shortening',
      sign: shortening,
      beside: contracture,
    }),
  ];
}

interface Graded {
  readonly part: Part;
  readonly code: string;
  readonly sign: ({ readonly grade?: string } & General) | undefined;
  /** Findings that stand beside the grade when they were charted. */
  readonly beside: readonly string[];
}

function gradeSign(site: ExaminedSite, { part, code, sign, beside }: Graded): Sign[] {
  if (sign === undefined) return [];
  const value = gradeValue(sign, [code, ...beside]);
  if (value === undefined) return [];
  const says = `${sayCode(code)}: ${wordsOf(sign, 'grade', sign.grade)}`;
  return [{ ...row(part, site.key, code), category: 'exam', value, says, place: site }];
}

/** A grade; beside one that is present stand the verified findings it amounts to. */
function gradeValue(
  sign: { readonly grade?: string } & General,
  findings: readonly string[],
): Value | undefined {
  const { grade } = sign;
  if (grade === undefined) return missingValue(sign, 'grade');
  if (grade === 'not-tested') return absentValue('not-tested');
  const beside = grade === 'absent' ? [] : findings.flatMap((code) => findingCoding(code) ?? []);
  const value = concept(grade);
  return { valueCodeableConcept: { ...value, coding: [...(value.coding ?? []), ...beside] } };
}

function responseSigns(site: NeedledSite, partOf: Reference<Resource>): Sign[] {
  const { twitch, grasp } = site;
  const number: ObservationComponent = {
    code: { coding: [coding('site-number')] },
    valueString: site.key,
  };
  const shared = { category: 'procedure', place: site, partOf } as const;
  const signs: Sign[] = [];
  const answered = twitch === undefined ? undefined : answerValue(twitch, 'answer', twitch.answer);
  if (twitch !== undefined && answered !== undefined) {
    const count =
      twitch.count === undefined
        ? []
        : [
            {
              code: { coding: [coding('twitch-count')] },
              ...quantityValue(twitch.count, '{count}'),
            },
          ];
    const says = sayObject({ twitch }, { twitch: TWITCH }).join('; ');
    signs.push({
      ...row('twitch', site.key, 'local-twitch-response'),
      ...{ ...shared, value: answered, says, components: [number, ...count] },
    });
  }
  const held = grasp === undefined ? undefined : gradeValue(grasp, []);
  if (grasp !== undefined && held !== undefined) {
    const says = `Needle grasp: ${wordsOf(grasp, 'grade', grasp.grade)}`;
    signs.push({
      ...row('grasp', site.key, 'needle-grasp'),
      ...{ ...shared, value: held, says, components: [number] },
    });
  }
  return signs;
}

function row(part: Part, key: string, code: string) {
  return { part, key, code: { coding: [coding(code)], text: sayCode(code) } };
}

function codedValue(holder: General, member: string, code: string | undefined): Value | undefined {
  return code === undefined
    ? missingValue(holder, member)
    : { valueCodeableConcept: concept(code) };
}

/** An answer: yes and no are values, everything else is a reason why there is none. */
export function answerValue(
  holder: General,
  member: string,
  answer: string | undefined,
): Value | undefined {
  if (answer === undefined) return missingValue(holder, member);
  if (answer === 'yes' || answer === 'no') {
    return { valueCodeableConcept: { coding: [answerCoding(answer)], text: sayCode(answer) } };
  }
  return absentValue(answer as Parameters<typeof absentValue>[0]);
}

/** A code in words, or the chart's own words, or why it is missing. */
export function wordsOf(holder: General, member: string, code: string | undefined): string {
  const written = holder.asWritten?.[member];
  const reason = holder.absent?.[member];
  if (code === undefined)
    return written ?? (reason === undefined ? 'not said' : sayCode(reason).toLowerCase());
  const said = code.startsWith('segment-') ? saySegment(code) : sayCode(code).toLowerCase();
  return written === undefined ? said : `${said} (as written: ${written})`;
}
