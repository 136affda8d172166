import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../http/test-service.fixture.js';

describe('the description of a service', () => {
  let service: TestService;
  let document: OpenAPIObject;

  beforeAll(async () => {
    service = await startTestService();
    document = (await service.send('GET', '/openapi.json')).json as unknown as OpenAPIObject;
  });

  afterAll(() => service.close());

  it('has what class-validator knows of the bodies', () => {
    expect(document.components?.schemas).toMatchObject({
      Thing: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 20 },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
        },
      },
      Part: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      UserTokenRequest: {
        properties: { auth: { $ref: '#/components/schemas/EmailAndPassword' } },
        required: ['auth'],
      },
      EmailAndPassword: { properties: { email: { type: 'string' } } },
    });
    expect(document.paths['/things']?.post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
    });
  });

  it('has the members of a query', () => {
    expect(document.paths['/things']?.get?.parameters).toEqual([
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1 } },
    ]);
  });

  it('has problems wherever something can fail', () => {
    const others = Object.entries(document.paths).filter(([path]) => !path.startsWith('/door'));
    for (const [, path] of others) {
      for (const operation of [path.get, path.post, path.delete].filter(Boolean)) {
        expect(operation?.responses['500']).toMatchObject({
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        });
      }
    }
    expect(document.components?.schemas?.['Problem']).toMatchObject({
      properties: { code: { type: 'string', enum: expect.arrayContaining(['not_found']) } },
    });
  });

  it('has the bearer scheme', () => {
    expect(document.components?.securitySchemes?.['bearer']).toMatchObject({
      type: 'http',
      scheme: 'bearer',
    });
  });

  it('refers to nothing that it does not have', () => {
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
    const known = Object.keys(document.components?.schemas ?? {});
    expect(
      references.map((reference) => reference.split('/').at(-1)).filter((name) => !known.includes(name!)),
    ).toEqual([]);
  });

  it('is shown by Swagger UI, from files of its own', async () => {
    const page = await service.send('GET', '/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
    const files = [...page.text.matchAll(/(?:src|href)="\.\/(docs\/[^"]+)"/g)].map(([, file]) => file);
    expect(files).toContain('docs/swagger-ui-bundle.js');
    expect(page.text).not.toMatch(/(src|href)="https?:/);
    for (const file of files) {
      const { status, text } = await service.send('GET', `/${file}`);
      expect([file, status]).toEqual([file, 200]);
      expect(text.length).toBeGreaterThan(100);
    }
  });
});
