import { describe, expect, it } from 'vitest';
import { renderSite } from '../../src/chart/body-site.ts';
import { renderObject } from '../../src/chart/render-object.ts';
import { record as definition } from '../../src/ims/schema/record.ts';

const { assessment, session, screening, events, episode } = definition.members;

describe('a sign', () => {
  const site = session.members.sites.of.members;

  it('takes one line where its details fit', () => {
    const twitch = { key: 't1', answer: 'yes', count: { low: 3 } };
    expect(renderObject({ twitch, grasp: { grade: 'strong' } }, site)).toEqual([
      'Local twitch response: yes (at least 3)',
      'Needle grasp: strong',
    ]);
  });

  it("keeps the chart's own wording and the reason for a missing value", () => {
    const twitch = {
      answer: 'yes',
      count: 4,
      asWritten: { count: 'LTR x4' },
      feltByPatient: 'yes',
    };
    expect(renderObject({ twitch }, site)).toEqual([
      'Local twitch response: yes (4, as written "LTR x4"; felt by the patient: yes)',
    ]);
    expect(renderObject({ twitch: { asWritten: { answer: '?' } } }, site)).toEqual([
      'Local twitch response: as written "?"',
    ]);
    expect(renderObject({ grasp: { absent: { grade: 'not-tested' } } }, site)).toEqual([
      'Needle grasp: not tested',
    ]);
  });

  it('has its details on separate lines where one line would be too long', () => {
    const text = 'three strong ones, then the whole band went soft under the finger';
    const twitch = { answer: 'yes', feltByPatient: 'yes', text };
    expect(renderObject({ twitch }, site)).toEqual([
      'Local twitch response: yes',
      '  Felt by the patient: yes',
      `  Remark: ${text}`,
    ]);
  });

  it('never joins text of several lines into one line', () => {
    const twitch = { answer: 'no', text: 'first\nsecond' };
    expect(renderObject({ twitch }, site)).toEqual([
      'Local twitch response: no',
      '  Remark: first\nsecond',
    ]);
  });
});

describe('needles', () => {
  const site = session.members.sites.of.members;

  it('have count, diameter and length in one line', () => {
    const needles = [{ count: 2, diameterMm: 0.3, lengthMm: 50, sizeAsWritten: '0.30 x 50' }];
    expect(renderObject({ needles }, site)).toEqual([
      'Needles: 2 × 0.3 mm × 50 mm (size as written: 0.30 x 50)',
    ]);
  });

  it('are listed member by member where the size is only partly known', () => {
    const needles = [{ count: 2, sizeAsWritten: '30G' }];
    expect(renderObject({ needles }, site)).toEqual([
      'Needles of one size: 2; size as written: 30G',
    ]);
  });
});

describe('pain scores', () => {
  const { members } = assessment;

  it('are sorted by kind, then before needling first', () => {
    const score = { scale: 'nrs', context: 'pain-current' };
    const worst = { key: 'c', value: 9, context: 'pain-worst', periodDays: 7 };
    const after = { key: 'a', ...score, value: 4, moment: 'after', baseline: 'b' };
    const value = { low: 6, high: 7 };
    const before = { key: 'b', ...score, value, moment: 'before', asWritten: { value: '6-7' } };
    expect(renderObject({ pain: [after, before, worst] }, members)).toEqual([
      'Pain now, before needling: 6 to 7 of 10, as written "6-7" (numeric rating scale)',
      'Pain now, straight after needling: 4 of 10 (numeric rating scale)',
      '  Compared with: b',
      'Worst pain over 7 days: 9 of 10',
    ]);
  });

  it('are shown out of 10 only on a scale to 10', () => {
    const scale = { scale: 'other', asWritten: { scale: '0-100' } };
    const pain = [{ key: 'a', value: 60, context: 'pain-current', ...scale }];
    expect(renderObject({ pain }, members)).toEqual(['Pain now: 60 (other, as written "0-100")']);
  });

  it('give the reason for a missing score', () => {
    const pain = [{ key: 'a', context: 'pain-night', absent: { value: 'not-asked' } }];
    expect(renderObject({ pain }, members)).toEqual(['Pain at night: not asked']);
  });

  it('keep the wording of what they are about', () => {
    const pain = [{ key: 'a', value: 3, asWritten: { context: 'when coughing' } }];
    expect(renderObject({ pain }, members)).toEqual([
      'Pain score (as written "when coughing"): 3 of 10',
    ]);
  });
});

describe('a body site', () => {
  it('has side, muscle and segments', () => {
    const segments = ['segment-l5', 'segment-s1'];
    expect(renderSite({ muscle: 'gluteus-medius', side: 'left', segments })).toBe(
      'Left gluteus medius, segments L5, S1',
    );
    expect(renderSite({ muscle: 'piriformis', segments: ['segment-s1'] })).toBe(
      'Piriformis, segment S1',
    );
  });

  it('includes only the wording of its own members', () => {
    const asWritten = { side: 'lt', manipulation: 'slow in, slow out' };
    expect(renderSite({ muscle: 'supinator', asWritten })).toBe('Supinator (as written "lt")');
  });

  it('gives the reason for an unknown side', () => {
    const place = { region: 'neck', absent: { side: 'not-asked', segments: 'unknown' } };
    expect(renderSite(place)).toBe('Neck (side not asked; segments unknown)');
  });

  it('comes before the signs found there', () => {
    const site = { key: 's', muscle: 'multifidus', side: 'left', shortening: { grade: 'severe' } };
    expect(renderObject({ sites: [site] }, assessment.members)).toEqual([
      'Examined site: Left multifidus (muscle shortening: severe)',
    ]);
  });
});

describe('an object as a whole', () => {
  it('begins with the complaint, then its own remark', () => {
    const complaints = [{ key: 'c', text: 'Sore neck', condition: 'neck-pain' }];
    const segments = [{ key: 's', segment: 'segment-c5', side: 'left' }];
    const members = { ...assessment.members, episode };
    const values = { segments, episode: { id: 'E1', complaints }, text: 'Woke up with it.' };
    expect(renderObject(values, members)).toEqual([
      'Episode of care: E1',
      '  Complaint: Sore neck (condition: neck pain)',
      'Remark: Woke up with it.',
      'Segment: C5 (side: left)',
    ]);
  });

  it('shows who reported a screening before its answers', () => {
    const values = { saidBy: 'patient', cancer: { answer: 'no' }, surgeries: { surgery: 'no' } };
    expect(renderObject(values, screening.members)).toEqual([
      'Information from: patient',
      'Cancer, now or ever: no',
      'Operations: no',
    ]);
  });

  it('has durations and times in words', () => {
    const lasted = { value: 1, unit: 'd', asWritten: { value: 'about a day' } };
    const startedAt = '2026-10-14T17:00:00-07:00';
    expect(renderObject({ startedAt, lasted, text: 'left buttock' }, events.of.members)).toEqual([
      'Began at: 2026-10-14 17:00 -07:00',
      'Lasted: 1 day, as written "about a day"',
      'Remark: left buttock',
    ]);
    const onset = { asWritten: { value: 'a while' }, unit: 'h' };
    expect(renderObject({ onset }, events.of.members)).toEqual([
      'Onset after the session: how long: as written "a while"; unit: h',
    ]);
  });

  it('shows people by name, and an identifier before its system', () => {
    const name = { given: 'Maren', family: 'Okafor' };
    const identifiers = [{ system: 'https://clinic.example/ids', value: '3104' }];
    expect(
      renderObject({ id: 'P1', name, identifiers }, definition.members.patient.members),
    ).toEqual([
      'Patient: P1',
      'Identifier: 3104 (https://clinic.example/ids)',
      'Name: Maren Okafor',
    ]);
    const people = new Map([['pt', 'Maren Okafor']]);
    const names = { items: new Map(), people };
    expect(
      renderObject({ practitioners: ['pt', 'pt-2'] }, definition.members.visit.members, names),
    ).toEqual(['Practitioners: Maren Okafor, pt-2']);
    expect(
      renderObject({ name: { text: 'M. Okafor' } }, definition.members.patient.members),
    ).toEqual(['Name: M. Okafor']);
  });

  it('shows a status of FHIR in words', () => {
    expect(renderObject({ status: 'not-done' }, session.members)).toEqual(['Status: not done']);
  });

  it('separates codes by semicolons where their displays contain commas', () => {
    const s4List = { about: ['screen-c01', 'screen-c02'] };
    expect(renderObject({ s4List }, screening.members).join(' ')).toContain(
      'screening: cancer, now or ever; screening: fear of needles',
    );
  });

  it('keeps the capital of a proper name', () => {
    const complaints = [{ key: 'c', text: 'Heel', condition: 'achilles-tendinitis' }];
    expect(renderObject({ complaints }, episode.members)).toEqual([
      'Complaint: Heel (condition: Achilles tendinitis)',
    ]);
  });
});
