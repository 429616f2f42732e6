// Body sites as resources present them: a coded bodySite, components that a server can search, and
// text. Built once per record and site.
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

/** A body site as resources present it. Shared between resources: must not be modified. */
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

/** The presentation of a body site that all resources of a record share. */
export function mappedSiteOf(context: Context, site: BodySite): MappedSite {
  return sitesOf(context)(site);
}

/** The site as a coded bodySite; the side is only in its text, because R4 has no element for it. */
export function bodySiteOf(site: BodySite): CodeableConcept {
  const code = site.muscle ?? site.region;
  const text = siteText(site);
  return code === undefined || code === 'other' ? { text } : { ...concept(code), text };
}

/** The site with its side and levels, without remarks on a site that has a code. */
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

/** A component with a coded value. */
export function codedComponent(code: string, value: string): ObservationComponent {
  return { code: ownCode(code), valueCodeableConcept: concept(value) };
}
