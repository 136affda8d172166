import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockShiftedBy } from '../harness/clock.js';
import { foreign, tampered, unsigned } from '../harness/forged.js';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { READER, tokenFor } from '../harness/sign-in.js';

const sqlite = testDatabases()[0]!;

const FORGERIES: Readonly<Record<string, (token: string) => string>> = {
  garbage: () => 'garbage',
  'three parts of garbage': () => 'a.b.c',
  'another key': foreign,
  'no signature': unsigned,
  'a signature cut short': (token) => token.slice(0, -4),
  'a longer life than it was given': (token) => tampered(token, { exp: 4_000_000_000 }),
  'roles it was not given': (token) => tampered(token, { roles: ['admin'] }),
  'nine kilobytes': (token) => `${token}${'A'.repeat(9_000)}`,
};

describe('a guarded service', () => {
  let gatehouse: Gatehouse;
  let token: string;

  beforeAll(async () => {
    gatehouse = await startGatehouse(sqlite);
    token = await tokenFor(gatehouse.identity, READER);
  });
  afterAll(() => gatehouse?.stop());

  describe.each(['articles', 'consumer'] as const)('%s refuses', (service) => {
    it.each(Object.keys(FORGERIES))('a token with %s', async (forgery) => {
      const answer = await send(`${gatehouse[service]}/articles`, { bearer: FORGERIES[forgery]!(token) });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
      expect(answer.json()).toMatchObject({ code: 'invalid_token' });
    });

    it('two credentials in one request', async () => {
      const answer = await send(`${gatehouse[service]}/articles`, {
        headers: { Authorization: [`Bearer ${token}`, `Bearer ${token}`] },
      });
      expect(answer.status).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'invalid_request' });
    });

    it('nothing of the kind to the token as it was issued', async () => {
      expect((await send(`${gatehouse[service]}/articles`, { bearer: token })).status).toBe(200);
    });
  });
});

describe('an expired token', () => {
  let gatehouse: Gatehouse;

  beforeAll(async () => {
    // Identity's clock is behind by longer than a token lives: what it signs now has expired for the others.
    gatehouse = await startGatehouse(sqlite, {
      env: { IDENTITY_NODE_OPTIONS: clockShiftedBy(-25 * 60 * 60) },
    });
  });
  afterAll(() => gatehouse?.stop());

  it('is refused', async () => {
    const bearer = await tokenFor(gatehouse.identity, READER);
    const answer = await send(`${gatehouse.articles}/articles`, { bearer });
    expect(answer.status).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'invalid_token' });
  });

  it('of the consumer itself is no fault of its caller: 502', async () => {
    const answer = await send(`${gatehouse.consumer}/articles`);
    expect(answer.status).toBe(502);
    expect(answer.json()).toMatchObject({ code: 'upstream_failed' });
  });
});
