import { describe, expect, it } from 'vitest';
import { send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';
import { BY_PORT, docker, inside, ORIGIN, replicasOf } from './stack.js';

const PROBLEM = 'application/problem+json';

describe('the gateway', () => {
  it.each([
    '/metrics',
    '/health/ready',
    '/revocations',
    '/revocations/snapshot',
    '/%6detrics',
    '//metrics',
    '/consumer/metrics',
    '/consumer/health/live',
    '/consumer/docs',
  ])('shows nobody outside %s', async (path) => {
    const answer = await send(ORIGIN + path);
    expect([answer.status, answer.headers['content-type']]).toEqual([404, PROBLEM]);
    expect(answer.json()).toMatchObject({ code: 'not_found', request_id: answer.headers['x-request-id'] });
  });

  it.each(Object.values(BY_PORT))('hides the same at %s', async (service) => {
    for (const path of ['/metrics', '/health/live', '/revocations']) {
      expect([path, (await send(service + path)).status]).toEqual([path, 404]);
    }
    expect((await send(`${service}/docs`)).status).toBe(service === BY_PORT.identity ? 200 : 404);
  });

  it('takes one token everywhere, wherever it was got', async () => {
    const script = `const answer = await fetch('http://identity:3000/user_token', { method: 'POST',
      headers: { 'content-type': 'application/json' }, body: '${JSON.stringify({ auth: READER })}' });
      process.stdout.write((await answer.json()).jwt)`;
    const tokens = [
      await tokenFor(ORIGIN, READER),
      await tokenFor(BY_PORT.identity, READER),
      await inside('consumer', script),
    ];
    const places = [ORIGIN, BY_PORT.articles, BY_PORT.consumer, `${ORIGIN}/consumer`];
    for (const bearer of tokens) {
      const answers = places.map(async (place) => (await send(`${place}/articles`, { bearer })).status);
      expect(await Promise.all(answers)).toEqual([200, 200, 200, 200]);
      const call = `const { status } = await fetch('http://articles:3000/articles', { headers: { authorization:
        'Bearer ${bearer}' } }); process.stdout.write(String(status))`;
      expect(await inside('consumer', call)).toBe('200');
    }
  });

  it.each(['articles', 'consumer'])('leads from the challenge of %s to its metadata', async (service) => {
    const url = service === 'articles' ? `${ORIGIN}/articles` : `${ORIGIN}/consumer/articles`;
    const challenge = (await send(url, { bearer: 'garbage' })).headers['www-authenticate']!;
    const [, address] = /resource_metadata="([^"]+)"/.exec(challenge)!;
    expect(address).toBe(`${ORIGIN}/.well-known/oauth-protected-resource/${service}`);
    expect((await send(address!)).json()).toMatchObject({
      resource: `${ORIGIN}/${service}`,
      authorization_servers: [BY_PORT.identity],
    });
  });

  it('believes nobody who they say they are: X-Forwarded-* from outside moves nothing', async () => {
    const forged = {
      'x-forwarded-for': '203.0.113.7',
      forwarded: 'for=203.0.113.7',
      'x-forwarded-host': 'evil.example',
    };
    const script = `const headers = { 'content-type': 'application/json', ...${JSON.stringify(forged)} };
      const answer = await fetch('http://gateway:8080/user_token', { method: 'POST', headers, body: '${JSON.stringify({ auth: READER })}' });
      process.stdout.write((await answer.json()).jwt)`;
    const bearer = await inside('consumer', script);
    const [consumer] = await replicasOf('consumer');
    const address = await docker(
      'inspect',
      '--format',
      '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
      consumer!,
    );
    const sessions = (await send(`${ORIGIN}/me/sessions`, { bearer })).json<
      { current: boolean; address: string }[] & Record<string, unknown>
    >();
    expect(sessions.find(({ current }) => current)?.address).toBe(address);
  });

  it.each([
    ['/oauth/token', { error: 'invalid_request' }],
    ['/api/v1/login', { response_code: 'doorkeeper.errors.messages.invalid_request' }],
    ['/sessions', { data: null, result_code: 'payload_too_large' }],
    ['/articles', { code: 'payload_too_large', status: 413 }],
  ])('says of a body that is far too large what clients of %s understand', async (path, body) => {
    const answer = await send(ORIGIN + path, { method: 'POST', body: Buffer.alloc(1_100_000) });
    expect([answer.status, answer.json()]).toMatchObject([413, body]);
  });

  it.each([
    ['an address with a null byte', { path: '/articles/%00' }, undefined],
    [
      'a credential twice',
      { path: '/articles', headers: { authorization: ['Bearer a.b.c', 'Bearer a.b.c'] } },
      'Bearer error="invalid_request"',
    ],
  ])('refuses %s itself, as the services would', async (_, { path, ...outgoing }, challenge) => {
    const answer = await send(ORIGIN + path, outgoing);
    expect([answer.status, answer.headers['content-type']]).toEqual([400, PROBLEM]);
    expect(answer.json()).toMatchObject({ code: 'invalid_request', status: 400 });
    expect(answer.headers['www-authenticate']).toBe(challenge);
  });

  it("keeps the caller's request id, and hands it on", async () => {
    for (const path of ['/articles', '/metrics', '/me']) {
      const kept = await send(ORIGIN + path, { headers: { 'x-request-id': 'abc-1.2_3' } });
      expect(kept.headers['x-request-id']).toBe('abc-1.2_3');
      const made = await send(ORIGIN + path, { headers: { 'x-request-id': 'no id' } });
      expect(made.headers['x-request-id']).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
    }
  });
});
