import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/errors.ts';
import { fromOutcome, toOutcome } from '../../src/fhir/outcome.ts';

describe('toOutcome', () => {
  it('keeps code, path and source of each issue', () => {
    const issues: Issue[] = [
      { severity: 'error', code: 'required', path: 'Patient.name', message: 'A name is required.' },
      {
        severity: 'warning',
        code: 'screening-missing',
        path: '/session/screening',
        message: 'No screening.',
        source: 'https://example.org/rules#screening',
      },
    ];
    expect(toOutcome(issues).issue).toEqual([
      {
        severity: 'error',
        code: 'required',
        details: { text: 'A name is required.' },
        expression: ['Patient.name'],
      },
      {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-source',
            valueString: 'https://example.org/rules#screening',
          },
        ],
        severity: 'warning',
        code: 'processing',
        details: { coding: [{ code: 'screening-missing' }], text: 'No screening.' },
        diagnostics: 'at /session/screening',
      },
    ]);
  });

  it('has one issue when there are none', () => {
    expect(toOutcome([]).issue).toHaveLength(1);
  });
});

describe('fromOutcome', () => {
  it('drops the texts of the server and keeps type, path and error codes', () => {
    const issues = fromOutcome({
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'processing',
          diagnostics: 'HAPI-1094: Jane Roe born 1970 was not found',
          details: { text: 'Jane Roe', coding: [{ code: '59141' }, { code: 'Roe, Jane' }] },
          expression: ["Patient.name.where(family='Roe')"],
        },
        { severity: 'odd', code: 'odd', location: ['/f:Patient'], expression: ['Bundle.entry[1]'] },
      ],
    });
    expect(issues).toEqual([
      {
        severity: 'error',
        code: 'processing',
        path: '',
        message: 'The server reported: the content could not be processed (59141, HAPI-1094).',
      },
      {
        severity: 'error',
        code: 'processing',
        path: 'Bundle.entry[1]',
        message: 'The server reported: the content could not be processed.',
      },
    ]);
    expect(JSON.stringify(issues)).not.toContain('Roe');
  });

  it.each([
    undefined,
    null,
    'x',
    {},
    { resourceType: 'Bundle' },
    { resourceType: 'OperationOutcome' },
  ])('gives no issues for %j', (value) => expect(fromOutcome(value)).toEqual([]));

  it('accepts an outcome with malformed issues', () => {
    expect(fromOutcome({ resourceType: 'OperationOutcome', issue: [null, 3] })).toHaveLength(2);
  });
});
