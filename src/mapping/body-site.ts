// A site of the body as resources show it: a coded body site, components that a server can search,
// and words. Calculated once per record and site.
import type { CodeableConcept, ObservationComponent } from '@medplum/fhirtypes';
import { renderSite } from '../chart/words.ts';
import type { General } from '../ims/schema/members.ts';
import { memoize, memoizeLast } from '../memoize.ts';
import { concept, ownCode } from '../terminology/concepts.ts';
import type { Context } from './context.ts';

/** Where a finding is, as a record says it. */
export type BodyLocation = {
  readonly muscle?: string;
  readonly region?: string;
  readonly side?: string;
  readonly segments?: readonly string[];
  readonly text?: string;
} & General;

/** A place as its Observations show it; shared by them, never to be changed. */
export interface Location {
  readonly words: string;
  readonly bodySite: CodeableConcept;
  readonly components: readonly ObservationComponent[];
}

const locationsOf = memoizeLast((_: Context) =>
  memoize(
    (place: BodyLocation): Location => ({
      words: renderSite(place),
      bodySite: bodySiteOf(place),
      components: placeComponents(place),
    }),
  ),
);

/** How all resources of a record show a place of it. */
export function locationOf(context: Context, place: BodyLocation): Location {
  return locationsOf(context)(place);
}

/** The place as a body site: its code, and the side in its text, because R4 has no element for it. */
export function bodySiteOf(place: BodyLocation): CodeableConcept {
  const code = place.muscle ?? place.region;
  const text = bodyTextOf(place);
  return code === undefined || code === 'other' ? { text } : { ...concept(code), text };
}

/** The place with its side and levels, without what was remarked on it. */
function bodyTextOf({
  muscle,
  region,
  side,
  segments,
  text,
  asWritten,
  absent,
}: BodyLocation): string {
  const isNamed = (muscle ?? region ?? 'other') !== 'other';
  const place = { muscle, region, side, segments, asWritten, absent };
  return renderSite(isNamed ? place : { ...place, text });
}

/** Muscle, region, side and segments as components, because R4 cannot search on bodySite. */
function placeComponents(place: BodyLocation): ObservationComponent[] {
  const { muscle, region, side, segments } = place;
  return [
    ...(muscle === undefined ? [] : [coded('site-muscle', muscle)]),
    ...(region === undefined ? [] : [coded('site-region', region)]),
    ...(side === undefined ? [] : [coded('site-side', side)]),
    ...(segments ?? []).map((segment) => coded('site-segment', segment)),
  ];
}

/** A component with a coded value. */
export function coded(code: string, value: string): ObservationComponent {
  return { code: ownCode(code), valueCodeableConcept: concept(value) };
}
