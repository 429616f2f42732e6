import { describe, expect, it } from 'vitest';
import { ALL_CODES, coding, display, IMS_SYSTEM, isCode } from '../../src/terminology/codes.ts';

describe('the IMS code system', () => {
  it('gives every code a display in sentence case', () => {
    for (const code of ALL_CODES) {
      expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(display(code), code).toMatch(/^[A-Z]\S*( \S+)*$/);
    }
  });

  it('has each code once and no two codes with one display', () => {
    expect(new Set(ALL_CODES).size).toBe(ALL_CODES.length);
    const displays = ALL_CODES.map(display);
    expect(displays.filter((text, index) => displays.indexOf(text) !== index)).toEqual([]);
  });

  it('gives the same frozen coding for a code each time', () => {
    const first = coding('trapezius-upper');
    expect(first).toEqual({
      system: 'https://ims-fhir.org/fhir/CodeSystem/ims',
      code: 'trapezius-upper',
      display: 'Upper trapezius',
    });
    expect(first.system).toBe(IMS_SYSTEM);
    expect(coding('trapezius-upper')).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it('throws for an unknown code and repeats in the message only what looks like a code', () => {
    expect(isCode('trapezius')).toBe(true);
    expect(isCode('Trapezius')).toBe(false);
    expect(() => display('no-such-code')).toThrow('"no-such-code"');
    expect(() => coding('Jane Doe has a cough')).toThrow(/Unknown IMS code\.$/);
  });

  it('has all segments, screening questions and strength grades', () => {
    const withPrefix = (prefix: string) => ALL_CODES.filter((code) => code.startsWith(prefix));
    expect(withPrefix('segment-').filter((code) => /-[ctls]\d+$/.test(code))).toHaveLength(30);
    expect(withPrefix('screen-c')).toHaveLength(39);
    expect(withPrefix('strength-').filter((code) => /-\d/.test(code))).toHaveLength(16);
  });
});
