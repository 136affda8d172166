import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, userToken } from './testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from './testing/identity.test-app.js';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a POST without a body, though its type says JSON', () => {
  let app: IdentityTestApp;
  beforeAll(async () => void (app = await createIdentityTestApp()));
  afterAll(() => app.close());

  const send = (path: string, headers: Record<string, string> = {}, body?: string) =>
    app.fetch(path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, ...(body && { body }) });

  it.each([
    ['/admin/users/usr_demo_reader/unlock', 204],
    ['/admin/users/usr_demo_reader/require_password_reset', 204],
    ['/admin/keys', 201],
    ['/api/v1/logout', 200],
  ])('%s needs none', async (path, status) => {
    const authorization = `Bearer ${await userToken(app, ADMIN)}`;
    expect((await send(path, { authorization })).status).toBe(status);
  });

  it.each(['/user_token', '/oauth/token', '/api/v1/login', '/sessions', '/users', '/api/users'])(
    '%s is told what is missing, as of an empty object',
    async (path) => {
      const [nothing, empty] = [await send(path), await send(path, {}, '{}')];
      const bodies = [await nothing.json(), await empty.json()] as Record<string, unknown>[];
      const [first, second] = bodies.map((body) => ({ ...body, request_id: undefined }));
      expect([nothing.status, first]).toEqual([400, second]);
    },
  );
});
