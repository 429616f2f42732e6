// Maps body sites of a record to what resources contain: a coded bodySite, components that a server can
// search, and text. Each site is mapped once per record.
import type { CodeableConcept, ObservationComponent } from '@medplum/fhirtypes';
import { renderSite } from '../chart/body-site.ts';
import type { General } from '../ims/schema/members.ts';
import { memoize, memoizeLast } from '../memoize.ts';
import { concept, ownCode } from '../terminology/concepts.ts';
import type { Context } from './context.ts';

/** A site of the body as the record describes it. */
export type BodySite = {
  readonly muscle?: string;
  readonly region?: string;
  readonly side?: string;
  readonly segments?: readonly string[];
  readonly text?: string;
} & General;

/** A body site as resources contain it. Shared between resources: must not be modified. */
export interface MappedSite {
  readonly text: string;
  readonly bodySite: CodeableConcept;
  readonly components: readonly ObservationComponent[];
}

const sitesOf = memoizeLast((_: Context) =>
  memoize(
    (site: BodySite): MappedSite => ({
      text: renderSite(site),
      bodySite: bodySiteOf(site),
      components: siteComponents(site),
    }),
  ),
);

/** The mapped body site; the same object for all resources of a record. */
export function mappedSiteOf(context: Context, site: BodySite): MappedSite {
  return sitesOf(context)(site);
}

/** The site as `bodySite`. Its side is only in the text, because R4 has no element for it. */
export function bodySiteOf(site: BodySite): CodeableConcept {
  const code = site.muscle ?? site.region;
  const text = siteText(site);
  return code === undefined || code === 'other' ? { text } : { ...concept(code), text };
}

/** The display text of a site, with its side and spinal levels. A coded site omits the chart's `text`. */
function siteText({ muscle, region, side, segments, text, asWritten, absent }: BodySite): string {
  const hasCode = (muscle ?? region ?? 'other') !== 'other';
  const site = { muscle, region, side, segments, asWritten, absent };
  return renderSite(hasCode ? site : { ...site, text });
}

/** Muscle, region, side and segments as components: R4 has no search parameter for bodySite. */
function siteComponents({ muscle, region, side, segments = [] }: BodySite): ObservationComponent[] {
  return [
    ...(muscle === undefined ? [] : [codedComponent('site-muscle', muscle)]),
    ...(region === undefined ? [] : [codedComponent('site-region', region)]),
    ...(side === undefined ? [] : [codedComponent('site-side', side)]),
    ...segments.map((segment) => codedComponent('site-segment', segment)),
  ];
}

/** A component whose code and value are IMS codes. */
export function codedComponent(code: string, value: string): ObservationComponent {
  return { code: ownCode(code), valueCodeableConcept: concept(value) };
}
