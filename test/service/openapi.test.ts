import type { Express } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { recordJsonSchema } from '../../src/ims/schema/json-schema.ts';
import { problemTypes } from '../../src/service/problem.ts';
import { startHarness } from './harness.ts';

const { app } = await startHarness();

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}
interface Document {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

const document: Document = (await request(app).get('/openapi.json')).body;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

/** Every method and path of the app, in the format of the document. */
function routesOf({ router }: Express): string[] {
  return router.stack.flatMap(({ route }) => {
    const methods = new Set(route?.stack.map(({ method }) => method));
    const [method] = methods;
    // Handlers for all methods answer with 405.
    if (methods.size !== 1) return [];
    return [`${method} ${route?.path.replace(/:(\w+)/g, '{$1}')}`];
  });
}

describe('/openapi.json', () => {
  it('is OpenAPI 3.1 and lists every route of the app, and no other', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({
      title: 'ims-fhir',
      version: expect.stringMatching(/^\d/),
    });
    const listed = operations.map(({ method, path }) => `${method} ${path}`);
    expect(listed.sort()).toEqual(routesOf(app).sort());
  });

  it('lists every operation once, with its path parameters and a summary', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.every(({ required }) => required)).toBe(true);
      const expected = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(inPath.map(({ name }) => name).sort()).toEqual(expected.sort());
      expect(operation.summary).toMatch(/^[A-Z]/);
      expect(Object.keys(operation.responses)).toContain('200');
    }
  });

  it('has only references that resolve, and valid schemas', () => {
    const references = JSON.stringify(document).matchAll(
      /"\$ref":"#\/components\/schemas\/([^"]+)"/g,
    );
    for (const [, name = ''] of references)
      expect(document.components.schemas).toHaveProperty(name);
    for (const name of Object.keys(document.components.schemas)) {
      const text = JSON.stringify({
        $ref: `#/$defs/${name}`,
        $defs: document.components.schemas,
      }).replaceAll('#/components/schemas/', '#/$defs/');
      expect(() => z.fromJSONSchema(JSON.parse(text))).not.toThrow();
    }
  });

  it('describes failures as problem details', () => {
    for (const { path, operation } of operations) {
      const failures = Object.entries(operation.responses).filter(
        ([status]) => Number(status) >= 400,
      );
      const mediaType = path.startsWith('/fhir')
        ? 'application/fhir+json'
        : 'application/problem+json';
      for (const [, { content }] of failures)
        expect(Object.keys(content ?? {})).toContain(mediaType);
    }
    expect(Object.keys(problemTypes)).toContain('refused-record');
  });
});

describe('/docs', () => {
  it('is a page that loads files of the service only', async () => {
    expect((await request(app).get('/docs')).headers.location).toBe('docs/');
    const page = await request(app).get('/docs/');
    expect(page.type).toBe('text/html');
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part);
    expect(parts).toHaveLength(4);
    for (const part of parts) expect((await request(app).get(`/docs/${part}`)).status).toBe(200);
    expect(page.text).not.toContain('http');
    // The page does not send the address of the document to a validator.
    expect((await request(app).get('/docs/start.js')).text).toContain('validatorUrl: null');
  });

  it('works offline: its policy allows nothing from other hosts, no inline script and no inline style', async () => {
    const page = await request(app).get('/docs/');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(page.text).not.toMatch(/<style|style=|<script>| on\w+=/);
    const { text: styles } = await request(app).get('/docs/swagger-ui.css');
    const loaded = [...styles.matchAll(/url\(["']?([a-z]+:|\/\/)?/g)].map(([, scheme]) => scheme);
    expect(loaded.length).toBeGreaterThan(0);
    expect(new Set(loaded)).toEqual(new Set(['data:']));
  });

  it('serves no other file of the package of its assets', async () => {
    for (const name of ['index.html', 'csp.json', '..%2Fpackage.json']) {
      expect((await request(app).get(`/docs/${name}`)).status).toBe(404);
    }
  });
});

it('serves the JSON Schema of the record', async () => {
  const answer = await request(app).get('/schema/ims-record-1.json');
  expect(answer.type).toBe('application/schema+json');
  expect(JSON.parse(answer.text)).toEqual(recordJsonSchema());
});
