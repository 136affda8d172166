import { json, type TestAnswer } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callerOf, createTestClient, logins, type TestClient } from '../testing/test.client.js';

const NOW = 1_780_000_000;
const ALICE = callerOf('usr_alice', { expiresAt: NOW + 600 });

let test: TestClient;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1_000 });
  test = await createTestClient({}, { audience: 'billing' });
});
afterEach(async () => {
  vi.useRealTimers();
  await test.close();
});

const get = (caller = ALICE): Promise<unknown> => test.client.get('articles', '/articles', { caller });
const wait = (seconds: number): void => void vi.setSystemTime(Date.now() + seconds * 1_000);
const tokensSent = (): unknown[] => test.articles.requests.map(({ headers }) => headers.authorization);

describe('across audiences', () => {
  it("a caller's token is exchanged for one of the upstream's audience (RFC 8693)", async () => {
    await get();
    expect(tokensSent()).toEqual(['Bearer token-1']);
    expect(Object.fromEntries(new URLSearchParams(test.identity.requests[0]!.body))).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: ALICE.token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: 'billing',
    });
  });

  it('a token that is good for both audiences is forwarded', async () => {
    await get({ ...ALICE, audience: ['gatehouse', 'billing'] });
    expect(tokensSent()).toEqual([`Bearer ${ALICE.token}`]);
    expect(test.identity.requests).toEqual([]);
  });

  it('the service itself asks for a token of that audience (RFC 8707)', async () => {
    await test.client.get('articles', '/articles');
    expect(test.identity.requests[0]!.body).toBe('grant_type=client_credentials&resource=billing');
  });

  it('each token is exchanged once, however many calls need it', async () => {
    await Promise.all(Array.from({ length: 50 }, () => get()));
    await get(callerOf('usr_bob'));
    expect(test.identity.requests).toHaveLength(2);
  });

  it('what it was exchanged for is used as long as both are good, and then exchanged once', async () => {
    await get();
    wait(599);
    await get();
    expect(test.identity.requests).toHaveLength(1);
    wait(1);
    await get();
    expect(test.identity.requests).toHaveLength(2);

    const long = callerOf('usr_bob');
    await get(long);
    wait(895);
    await Promise.all(Array.from({ length: 20 }, () => get(long)));
    expect(test.identity.requests).toHaveLength(4);
  });

  it('what was refused is not used again', async () => {
    test.articles.answer = json({}, 401);
    await expect(get()).rejects.toMatchObject({ code: 'invalid_token' });
    test.articles.answer = json([]);
    await get();
    expect(tokensSent()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it.each([
    ['a token that has ended', json({ error: 'invalid_grant' }, 400), 'invalid_token'],
    ['a token it does not accept', json({ error: 'invalid_request' }, 400), 'invalid_token'],
    ['an audience that is not allowed', json({ error: 'invalid_target' }, 400), 'upstream_failed'],
    ['a moment of its own', json({}, 503, { 'Retry-After': '1' }), 'unavailable'],
  ] satisfies [string, TestAnswer, string][])('identity may refuse %s', async (_, answer, code) => {
    test.identity.answer = answer;
    await expect(get()).rejects.toMatchObject({ code });
    test.identity.answer = logins();
    await get();
    expect(tokensSent()).toEqual(['Bearer token-1']);
  });
});
