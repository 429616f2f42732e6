// The examples as a clinician at the receiving system sees them.
import type {
  AdverseEvent,
  Bundle,
  Consent,
  Flag,
  Observation,
  Procedure,
  QuestionnaireResponse,
  Resource,
} from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { bundleOf, linesOf, resourcesOf } from './cases.ts';

describe('low back pain over three visits', () => {
  const visits = ['01', '02', '03'].map(bundleOf);
  const [first, second, third] = visits as [Bundle, Bundle, Bundle];

  it('falls from visit to visit and within each', () => {
    expect(visits.map((bundle) => painNow(bundle))).toEqual([
      ['6..7', '4'],
      ['5', '3'],
      ['2', '0'],
    ]);
  });

  it('is listed in the order of time, with the wording of the chart', () => {
    const pain = linesOf(response(first, 'ims-assessment')).filter((line) =>
      /^Pain now/.test(line),
    );
    expect(pain).toEqual([
      'Pain now, before needling: 6 to 7 of 10, as written "6-7/10" (numeric rating scale)',
      'Pain now, straight after needling: 4 of 10 (numeric rating scale)',
    ]);
  });

  it('has no score at night, with the reason', () => {
    const night = observations(first, 'pain-night')[0];
    expect(night?.dataAbsentReason?.coding?.[0]?.code).toBe('not-asked');
    expect(linesOf(response(first, 'ims-assessment'))).toContain(
      'Pain at night, before needling: not asked (numeric rating scale)',
    );
  });

  it('is attributed to L4, L5 and S1, and needled near the spine and in the limb', () => {
    expect(observations(first, 'segment-involved').map(codeOfValue)).toEqual([
      'segment-l4',
      'segment-l5',
      'segment-s1',
    ]);
    expect(sitesOf(first)).toEqual([
      'Left multifidus, segments L4, L5, S1',
      'Right multifidus, segments L4, L5, S1',
      'Left gluteus medius, segments L5, S1',
      'Left piriformis, segment S1',
    ]);
  });

  it('lists needles, twitch responses and needle grasps under their site', () => {
    const lines = linesOf(procedure(first));
    const site = lines.indexOf('1. Left multifidus, segments L4, L5, S1');
    const next = lines.indexOf('2. Right multifidus, segments L4, L5, S1');
    expect(lines.slice(site, next)).toEqual(
      expect.arrayContaining([
        '  Needles: 3 × 0.3 mm × 50 mm (size as written: 0.30 x 50)',
        '  Manipulation: pistoning',
        '  Local twitch response: yes (at least 3, as written "3+"; felt by the patient: yes)',
        '  Needle grasp: strong, as written "++"',
      ]),
    );
  });

  it('defers the quadratus lumborum to the second visit', () => {
    expect(under('Sites not needled', procedure(first))).toMatch(/^5\. Left quadratus lumborum/);
    expect(sitesOf(second).some((site) => site.startsWith('Left quadratus lumborum'))).toBe(true);
  });

  it('shows a mild fear and a controlled illness without a finding', () => {
    expect(observations(first, 'screen-c02')).toHaveLength(1);
    expect(observations(first, 'screen-c05')).toHaveLength(1);
    expect(linesOf(procedure(first))).toContain(
      'No finding in the answers of this screening; see the screening for what was asked',
    );
    expect(linesOf(response(first, 'ims-contraindication-screen')).join('\n')).toContain(
      'Since: in his early thirties',
    );
    expect(resourcesOf<Flag>(first, 'Flag')).toEqual([]);
  });

  it('names the screening that later sessions are based on', () => {
    for (const bundle of [second, third]) {
      const lines = linesOf(procedure(bundle));
      expect(lines.some((line) => line.includes("another record's screening"))).toBe(true);
      expect(lines.some((line) => line.includes('V-20261014-0930-3318'))).toBe(true);
    }
  });

  it('has one written consent for the course, and a verbal one for each later visit', () => {
    const values = visits.map((bundle) =>
      resourcesOf<Consent>(bundle, 'Consent').map(({ identifier }) => identifier?.[0]?.value ?? ''),
    );
    const [course] = values[0] ?? [];
    expect(values.map((all) => all.length)).toEqual([1, 2, 2]);
    expect(values.every((all) => all.includes(course ?? ''))).toBe(true);
    expect(new Set(values.flat()).size).toBe(3);
  });

  it('does not make an adverse event or complication of soreness reported as expected', () => {
    const [soreness] = observations(second, 'soreness');
    expect(linesOf(soreness).join()).toContain('expected reaction');
    expect(resourcesOf<AdverseEvent>(second, 'AdverseEvent')).toEqual([]);
    expect(procedure(second)?.complication).toBeUndefined();
  });
});

describe('tennis elbow', () => {
  const bundle = bundleOf('04');

  it('is needled in the forearm and at the neck level that supplies it', () => {
    const sites = sitesOf(bundle);
    expect(sites[0]).toMatch(/^Right cervical paraspinal muscles, segment C6/);
    expect(sites[1]).toBe('Right extensor carpi radialis, segments C6, C7');
    expect(sites[2]).toBe('Right extensor digitorum, segment C7');
    expect(sites[3]).toBe('Right supinator, segment C6');
  });

  it('has one adverse event: mild, not serious, probably from this session', () => {
    const [event, ...more] = resourcesOf<AdverseEvent>(bundle, 'AdverseEvent');
    expect(more).toEqual([]);
    expect(event?.seriousness?.coding?.[0]?.code).toBe('Non-serious');
    expect(event?.severity?.coding?.[0]?.code).toBe('mild');
    expect(event?.suspectEntity?.[0]?.instance?.type).toBe('Procedure');
    expect(linesOf(event)).toContain(
      'Event: out of it, as written "felt spacey and hot on sitting up"',
    );
    expect(procedure(bundle)?.complication).toHaveLength(1);
  });

  it('does not merge it with the expected soreness', () => {
    expect(observations(bundle, 'soreness')).toHaveLength(1);
  });
});

describe('turned away with active cancer', () => {
  const bundle = bundleOf('05');
  const session = procedure(bundle);

  it('begins with the facts that no needle was inserted, and why', () => {
    const [status, nothing, heading, why, ...rest] = linesOf(session);
    expect([status, nothing]).toEqual(['NOT DONE', 'No needle was inserted.']);
    expect(heading).toBe('Contraindications and precautions');
    expect(why).toMatch(
      /^CONTRAINDICATION, whole session: Cancer, now or ever \(yes; status: active/,
    );
    expect(why).toContain('Decided: exclude by Maren Okafor-Lind.');
    expect(rest).not.toContain('Needled sites');
  });

  it('is a session not done, with its reason and without a body site', () => {
    expect(session?.status).toBe('not-done');
    expect(JSON.stringify(session?.statusReason)).toContain('contraindicated');
    expect(session?.bodySite).toBeUndefined();
    expect(observations(bundle, 'local-twitch-response')).toEqual([]);
  });

  it('has a Flag for everybody who opens the chart, written before the session', () => {
    const [flag, ...more] = resourcesOf<Flag>(bundle, 'Flag');
    expect(more).toEqual([]);
    expect(flag?.status).toBe('active');
    expect(flag?.period?.end).toBeUndefined();
    expect(linesOf(flag)[1]).toMatch(/^CONTRAINDICATION, whole session: Cancer/);
    const order = (bundle.entry ?? []).map(({ resource }) => resource?.resourceType);
    expect(order.indexOf('Flag')).toBeLessThan(order.indexOf('Procedure'));
  });

  it('shows the finding first in every resource of the visit', () => {
    const documents = resourcesOf<QuestionnaireResponse>(bundle, 'QuestionnaireResponse');
    for (const one of documents) expect(linesOf(one)[1]).toMatch(/^CONTRAINDICATION/);
  });

  it('contains the examination', () => {
    expect(painNow(bundle)).toEqual(['5']);
    expect(observations(bundle, 'tenderness')).toHaveLength(2);
  });
});

describe('eight weeks after an operation', () => {
  const bundle = bundleOf('06');
  const session = procedure(bundle);

  it('begins with the site that is deferred, the operation, and the end of the deferral', () => {
    expect(linesOf(session)[1]).toMatch(
      /^CONTRAINDICATION, site right infraspinatus: Surgery directly at a site \(Arthroscopic subacromial decompression.*2026-01-12.*Needling allowed from 2026-04-12\./,
    );
  });

  it('allows adjacent sites after six weeks', () => {
    expect(sitesOf(bundle).some((site) => site.startsWith('Right upper trapezius'))).toBe(true);
    const findings = linesOf(session).filter((line) => line.startsWith('CONTRAINDICATION'));
    expect(findings.join()).not.toContain('trapezius');
    expect(observations(bundle, 'screen-c08')).toEqual([]);
  });

  it('does not list the deferred site as a body site', () => {
    expect(sitesOf(bundle).join()).not.toContain('infraspinatus');
    expect(under('Sites not needled', session)).toMatch(/^4\. Right infraspinatus/);
    expect(linesOf(session)).toContain('  Until: 2026-04-12');
  });

  it('has a Flag that begins with the site and ends the day before needling is allowed', () => {
    const [flag, ...more] = resourcesOf<Flag>(bundle, 'Flag');
    expect(more).toEqual([]);
    expect(flag?.code.text).toMatch(/^No needling of right infraspinatus before 2026-04-12: /);
    expect(flag?.period?.end).toBe('2026-04-11');
  });
});

function procedure(bundle: Bundle): Procedure | undefined {
  return resourcesOf<Procedure>(bundle, 'Procedure')[0];
}

function sitesOf(bundle: Bundle): string[] {
  return (procedure(bundle)?.bodySite ?? []).map(({ text }) => text ?? '');
}

function response(bundle: Bundle, form: string): QuestionnaireResponse | undefined {
  return resourcesOf<QuestionnaireResponse>(bundle, 'QuestionnaireResponse').find((one) =>
    one.questionnaire?.includes(`/${form}`),
  );
}

/** Observations with a code of ours. */
function observations(bundle: Bundle, code: string): Observation[] {
  return resourcesOf<Observation>(bundle, 'Observation').filter((one) =>
    one.code?.coding?.some((coding) => coding.code === code),
  );
}

function codeOfValue({ valueCodeableConcept }: Observation): string | undefined {
  return valueCodeableConcept?.coding?.[0]?.code;
}

/** Current pain scores, in the order of time. */
function painNow(bundle: Bundle): string[] {
  return observations(bundle, 'pain-current')
    .toSorted((a, b) => ((a.effectiveDateTime ?? '') < (b.effectiveDateTime ?? '') ? -1 : 1))
    .map(({ valueRange, valueQuantity }) =>
      valueRange === undefined
        ? `${valueQuantity?.value}`
        : `${valueRange.low?.value}..${valueRange.high?.value}`,
    );
}

/** The first line under a heading. */
function under(heading: string, resource: Resource | undefined): string | undefined {
  const lines = linesOf(resource);
  const at = lines.indexOf(heading);
  return at === -1 ? undefined : lines[at + 1];
}
