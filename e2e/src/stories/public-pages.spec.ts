import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';

const sqlite = testDatabases()[0]!;

describe('what every service shows to everybody', () => {
  let gatehouse: Gatehouse;

  beforeAll(async () => {
    gatehouse = await startGatehouse(sqlite);
  });
  afterAll(() => gatehouse?.stop());

  describe.each(['identity', 'articles', 'consumer'] as const)('%s', (service) => {
    it.each([
      ['/health/live', 'application/json'],
      ['/health/ready', 'application/json'],
      ['/metrics', 'text/plain'],
      ['/openapi.json', 'application/json'],
      ['/docs', 'text/html'],
    ])('%s', async (path, type) => {
      const answer = await send(gatehouse[service] + path);
      expect([answer.status, answer.headers['content-type']]).toEqual([200, expect.stringContaining(type)]);
    });

    it('a problem where there is nothing', async () => {
      const answer = await send(`${gatehouse[service]}/no/such/place`);
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toEqual({
        type: 'about:blank',
        title: expect.any(String),
        status: 404,
        detail: expect.any(String),
        code: 'not_found',
        request_id: answer.headers['x-request-id'],
      });
    });
  });

  it("identity's metadata, which names where its keys are", async () => {
    const answer = await send(`${gatehouse.identity}/.well-known/oauth-authorization-server`);
    expect(answer.json()).toMatchObject({
      issuer: expect.any(String),
      jwks_uri: expect.stringContaining('/.well-known/jwks.json'),
      token_endpoint: expect.stringContaining('/oauth/token'),
      response_types_supported: [],
    });
  });

  it('the metadata of the guarded services', async () => {
    for (const service of ['articles', 'consumer'] as const) {
      const answer = await send(`${gatehouse[service]}/.well-known/oauth-protected-resource`);
      expect(answer.json()).toMatchObject({
        resource: expect.any(String),
        authorization_servers: [expect.any(String)],
      });
    }
  });
});
