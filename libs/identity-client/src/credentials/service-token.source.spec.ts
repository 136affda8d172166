import { inspect } from 'node:util';
import { json, type TestAnswer, TestServer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Test, type TestingModule } from '@nestjs/testing';
import { IdentityClientModule } from '../identity-client.module.js';
import { IdentityClient } from '../identity.client.js';
import { ServiceTokens } from './service.tokens.js';

let identity: TestServer;
let app: TestingModule;
let now: number;
let logins: number;
let secret: string;

/** The n-th login is answered with the token `token-n`. */
const login: TestAnswer = (request, response) => {
  const token = { access_token: `token-${++logins}`, token_type: 'Bearer', expires_in: 900, scope: '' };
  return json(token)(request, response);
};

beforeEach(async () => {
  [now, logins, secret] = [0, 0, 'first secret'];
  identity = await TestServer.start(login);
  app = await Test.createTestingModule({
    imports: [
      IdentityClientModule.forRoot({
        identityUrl: identity.url,
        client: { id: 'consumer', secret: () => secret },
        loginDeadline: 100,
        clock: () => now,
      }),
    ],
  }).compile();
});

afterEach(async () => {
  await app.close();
  await identity.close();
});

const token = (): Promise<string> => app.get(IdentityClient).serviceToken();
const insteadOf = (refused: string): Promise<string | undefined> =>
  app.get(ServiceTokens).for().insteadOf(refused);
const loginsAreQuiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('the service token', () => {
  it('comes from one login by client_secret_basic, however many ask at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 500 }, token));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(identity.requests).toMatchObject([
      {
        method: 'POST',
        url: '/oauth/token',
        headers: { authorization: `Basic ${btoa('consumer:first+secret')}` },
        body: 'grant_type=client_credentials',
      },
    ]);
  });

  it('is kept while it is good', async () => {
    await token();
    now = 700_000;
    expect(await token()).toBe('token-1');
    expect(logins).toBe(1);
  });

  it('is renewed in the background before it expires, by one login, with no caller waiting', async () => {
    await token();
    now = 721_000;
    expect(await Promise.all(Array.from({ length: 50 }, token))).toEqual(Array(50).fill('token-1'));
    await expect.poll(token).toBe('token-2');
    expect(logins).toBe(2);
  });

  it('is not used any more shortly before it expires', async () => {
    await token();
    now = 891_000;
    expect(await token()).toBe('token-2');
  });

  it('stays in use when the renewal in the background fails, which is tried again after a while', async () => {
    await token();
    now = 721_000;
    identity.answer = json({}, 503, { 'Retry-After': '1' });
    expect([await token(), await token()]).toEqual(['token-1', 'token-1']);
    await expect.poll(() => identity.requests.length).toBe(2);
    await loginsAreQuiet();
    identity.answer = login;
    now += 1_000;
    await token();
    await expect.poll(token).toBe('token-2');
  });

  it('takes up a rotated secret at the next login', async () => {
    await token();
    secret = 'second';
    now = 900_000;
    await token();
    expect(identity.requests[1]?.headers.authorization).toBe(`Basic ${btoa('consumer:second')}`);
  });
});

describe('a refused service token', () => {
  it('is replaced by one login, however many were refused', async () => {
    await token();
    const others = await Promise.all(Array.from({ length: 50 }, () => insteadOf('token-1')));
    expect(new Set(others)).toEqual(new Set(['token-2']));
    expect(logins).toBe(2);
  });

  it('is not replaced again when its replacement is refused at once', async () => {
    await token();
    await insteadOf('token-1');
    expect(await insteadOf('token-2')).toBeUndefined();
    now += 1_000;
    expect(await insteadOf('token-2')).toBe('token-3');
  });
});

describe('a login that fails', () => {
  it.each([
    ['refused', json({ error: 'invalid_client', error_description: 'no' }, 401), 'upstream_failed'],
    ['answered with 503', json({}, 503), 'unavailable'],
    ['answered with a redirect', json({}, 307, { Location: 'http://127.0.0.1:1/' }), 'upstream_failed'],
    ['answered with something else', json({ hello: 'world' }), 'upstream_failed'],
    ['answered with null', json(null), 'upstream_failed'],
    [
      'answered with a token no header can carry',
      json({ access_token: 'a b', token_type: 'Bearer', expires_in: 9 }),
      'upstream_failed',
    ],
    ['not answered', () => undefined, 'upstream_timeout'],
  ] satisfies [string, TestAnswer, string][])('because it is %s has its code', async (_, answer, code) => {
    identity.answer = answer;
    await expect(token()).rejects.toMatchObject({ code });
  });

  it('is not repeated for every caller, and recovers by itself', async () => {
    identity.answer = json({}, 503, { 'Retry-After': '1' });
    await expect(token()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(token()).rejects.toMatchObject({ code: 'unavailable' });
    expect(identity.requests).toHaveLength(1);
    identity.answer = login;
    now += 500;
    expect(await token()).toBe('token-1');
  });

  it('tells nothing of the secret', async () => {
    identity.answer = json({ error: secret, error_description: secret }, 401);
    const error = await token().catch((error: unknown) => error);
    expect(inspect(error, { depth: 20 })).not.toContain('secret');
    expect(inspect(error, { depth: 20 })).not.toContain(btoa('consumer:first+secret'));
  });
});
