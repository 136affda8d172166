import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

const SECRETS = {
  LOGIN_LIMITS: 'on',
  KEY_ENCRYPTION_KEY: 'Zq3vN8rT1xW6yB9kL4mP7sD2fG5hJ0aC',
  TOKEN_SECRET: 'hX2cV9bM4nQ7wE1rT6yU3iO8pA5sD0fG',
  PUBLIC_URL: 'https://id.acme.example',
};

async function mailsPage({ url }: IdentityTestApp, headers: Record<string, string> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  request(`${url}/dev/mails`, { headers }, async (answer) =>
    resolve({ status: answer.statusCode!, body: await text(answer) }),
  )
    .on('error', reject)
    .end();
  return promise;
}

describe('GET /dev/mails', () => {
  let app: IdentityTestApp;
  beforeAll(async () => void (app = await createIdentityTestApp()));
  afterAll(() => app.close());

  it('says when no mail is waiting', async () => {
    expect((await mailsPage(app)).body).toContain('No mail is waiting');
  });

  it('shows the mails that wait, with links to follow, and none that goes to nobody', async () => {
    await app.post('/users', {
      email: "o'neil@example.com",
      password: 'correct horse battery',
      locale: 'es',
    });
    await app.post('/password_resets', { email: 'nobody@example.com' });
    const { status, body } = await mailsPage(app);
    expect(status).toBe(200);
    expect(body).toContain('o&#39;neil@example.com');
    expect(body).toMatch(/<a href="http:\/\/localhost:3000\/confirmation\?token=[\w-]{43}">/);
    expect(body.match(/<article/g)).toHaveLength(1);
  });

  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000'])(
    'is there under the name %s',
    async (host) => expect((await mailsPage(app, { host })).status).toBe(200),
  );

  it.each(['rebound.example', 'localhost.evil.example', '10.0.0.1:3000'])(
    'is not there under the name %s',
    async (host) => expect((await mailsPage(app, { host })).status).toBe(404),
  );

  it('does not take a proxy’s word for a near one', async () => {
    const proxied = await createIdentityTestApp({ environment: { TRUST_PROXY: '127.0.0.1' } });
    const { status } = await mailsPage(proxied, { 'x-forwarded-for': '203.0.113.7' });
    await proxied.close();
    expect(status).toBe(200);
  });

  it('is not there in production', async () => {
    const production = await createIdentityTestApp({ environment: { NODE_ENV: 'production', ...SECRETS } });
    const { status } = await mailsPage(production, { host: 'localhost' });
    await production.close();
    expect(status).toBe(404);
  });
});
