import { describe, expect, it } from 'vitest';
import { mapReferenceUrls, parseReference, typeAndId } from '../../src/fhir/reference.ts';

describe('parseReference', () => {
  it.each([
    ['Patient/1', { kind: 'relative', type: 'Patient', id: '1' }],
    ['/Patient/1', { kind: 'relative', type: 'Patient', id: '1' }],
    ['Patient/1/_history/2', { kind: 'relative', type: 'Patient', id: '1', version: '2' }],
    [
      'https://h.test/fhir/Patient/a-1.b',
      { kind: 'absolute', base: 'https://h.test/fhir', type: 'Patient', id: 'a-1.b' },
    ],
    [
      'http://h.test/Flag/1/_history/9',
      { kind: 'absolute', base: 'http://h.test', type: 'Flag', id: '1', version: '9' },
    ],
    ['urn:uuid:0F0E', { kind: 'urn' }],
    ['#p', { kind: 'contained', id: 'p' }],
    ['Patient?identifier=a|b', { kind: 'conditional', type: 'Patient', query: 'identifier=a|b' }],
    ['http://h.test/something', { kind: 'other' }],
    ['', { kind: 'other' }],
    ['Patient/', { kind: 'other' }],
    ['../Patient/1', { kind: 'other' }],
  ])('parses %j', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  it('gives type and id whatever the base, and undefined for other references', () => {
    expect(typeAndId('http://h.test/fhir/Patient/1/_history/2')).toEqual({
      type: 'Patient',
      id: '1',
    });
    expect(typeAndId('urn:uuid:1')).toBeUndefined();
    expect(typeAndId(undefined)).toBeUndefined();
  });
});

describe('mapReferenceUrls', () => {
  const resource = {
    subject: { reference: 'urn:uuid:1', display: 'urn:uuid:1' },
    partOf: [{ reference: 'Procedure/1' }, { reference: 'urn:uuid:2' }],
    note: [{ text: 'urn:uuid:1' }],
  };

  it('changes references only, and does not modify its input', () => {
    const before = structuredClone(resource);
    const after = mapReferenceUrls(resource, (ref) => ref.replace('urn:uuid:', 'Patient/'));
    expect(after.subject).toEqual({ reference: 'Patient/1', display: 'urn:uuid:1' });
    expect(after.partOf.map((part) => part.reference)).toEqual(['Procedure/1', 'Patient/2']);
    expect(after.note).toBe(resource.note);
    expect(resource).toEqual(before);
  });

  it('returns the same object when nothing changes', () => {
    expect(mapReferenceUrls(resource, () => undefined)).toBe(resource);
  });
});
