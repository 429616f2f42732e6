import { expect, it } from 'vitest';
import { followLink } from '../../src/remote/page-link.ts';

const base = { origin: 'https://fhir.example.org', path: '/r4' };

it.each([
  ['https://fhir.example.org/r4/Patient?_page=a%7Cb|c&d=[1]', '/r4/Patient?_page=a%7Cb|c&d=[1]'],
  [
    'https://fhir.example.org/r4?_getpages=1&_getpagesoffset=2',
    '/r4?_getpages=1&_getpagesoffset=2',
  ],
  ['https://fhir.example.org?_getpages=1', '/?_getpages=1'],
  ['HTTPS://FHIR.example.org:443/r4/Patient?p=2', '/r4/Patient?p=2'],
  ['https://fhir.example.org/elsewhere/page/2', '/elsewhere/page/2'],
  ['/r4/Patient?p=2', '/r4/Patient?p=2'],
  ['?_getpages=1', '/r4?_getpages=1'],
  ['Patient?p=2', '/r4/Patient?p=2'],
  ['Patient?p=2#x', '/r4/Patient?p=2'],
  ['Patient?name=Zoë x', '/r4/Patient?name=Zo%C3%AB%20x'],
  ['http://fhir.example.org/r4/Patient?p=2', '/r4/Patient?p=2'],
  ['http://fhir.example.org:8080/r4/Patient?p=2', '/r4/Patient?p=2'],
  ['http://hapi:8080/r4/Patient?p=2', '/r4/Patient?p=2'],
  ['http://fhir.svc.cluster.local/r4/Patient?p=2', '/r4/Patient?p=2'],
  ['http://10.1.2.3/r4?p=2', '/r4?p=2'],
  ['http://localhost:8080/r4/Patient?p=2', '/r4/Patient?p=2'],
])('%s is requested as %s', (link, expected) => {
  expect(followLink(link, base)).toBe(expected);
});

it.each([
  'https://evil.example.com/r4/Patient?p=2',
  '//evil.example.com/r4/Patient?p=2',
  'https://10.evil.example.com/r4/Patient?p=2',
  'http://hapi:8080/hapi-fhir/r4/Patient?p=2',
  'http://hapi:8080/r4/../admin?p=2',
  'http://hapi:8080/r4x?p=2',
  'ftp://fhir.example.org/r4/Patient?p=2',
  'file:///etc/passwd',
  'https://user:pass@fhir.example.org/r4/Patient',
  'http://[bad',
  '',
])('%s leads outside of the target', (link) => {
  expect(followLink(link, base)).toBeUndefined();
});

it('follows links of a base without a path', () => {
  const bare = { origin: 'https://fhir.example.org', path: '' };
  expect(followLink('?p=2', bare)).toBe('/?p=2');
  expect(followLink('Patient?p=2', bare)).toBe('/Patient?p=2');
  expect(followLink('http://hapi:8080/Patient?p=2', bare)).toBe('/Patient?p=2');
});
