import { afterAll, beforeAll, expect, it } from 'vitest';
import { serviceToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

let app: IdentityTestApp;
beforeAll(async () => {
  app = await createIdentityTestApp();
});
afterAll(() => app.close());

it.each([
  ['DELETE', '/sessions'],
  ['DELETE', '/api/users'],
  ['POST', '/api/v1/logout'],
])('%s %s refuses a token of no session, and its challenge names the realm', async (method, path) => {
  const headers = { authorization: `Bearer ${await serviceToken(app)}` };
  const answer = await app.fetch(path, { method, headers });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="gatehouse", error="invalid_token"/);
});
