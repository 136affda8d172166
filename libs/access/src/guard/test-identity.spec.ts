import { Controller, Get } from '@nestjs/common';
import { TestIdentity } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bearer, type GuardedApp, startGuardedApp } from '../testing/guarded.app.js';

@Controller()
class Routes {
  @Get('me')
  me() {
    return {};
  }
}

const WITHIN = { timeout: 5_000, interval: 20 };
const QUARTER_OF_AN_HOUR = 15 * 60;

describe('what a test tells TestIdentity reaches the guard', () => {
  let identity: TestIdentity;
  let app: GuardedApp;
  const start = async () => {
    app = await startGuardedApp([Routes], {
      issuer: identity.issuer,
      audience: identity.audience,
      client: { id: 'orders', secret: 'any' },
      clock: identity.clock.now,
    });
  };
  const statusWith = async (...headers: [string, string][]) => (await app.get('/me', headers)).status;
  const statusOf = (token: string) => statusWith(...bearer(token));

  beforeEach(async () => {
    identity = await TestIdentity.start();
  });
  afterEach(async () => {
    await app.close();
    await identity.close();
  });

  describe('when it is there', () => {
    beforeEach(async () => {
      await start();
      await vi.waitUntil(async () => (await statusOf(identity.tokenFor())) === 200, WITHIN);
    });

    it('ends the token that is revoked, and no other', async () => {
      const [token, another] = [identity.tokenFor(), identity.tokenFor()];
      expect(await statusOf(token)).toBe(200);
      identity.revoke(token);
      await expect.poll(() => statusOf(token), WITHIN).toBe(401);
      expect(await statusOf(another)).toBe(200);
    });

    it.each([
      ['session', 'sid', 'ses_1'],
      ['subject', 'sub', 'usr_1'],
      ['client', 'client_id', 'web'],
    ] as const)('ends every token of a %s', async (kind, claim, id) => {
      const tokens = [identity.tokenFor({ [claim]: id }), identity.tokenFor({ [claim]: id })];
      identity.revoke({ kind, id });
      for (const token of tokens) await expect.poll(() => statusOf(token), WITHIN).toBe(401);
      expect(await statusOf(identity.tokenFor())).toBe(200);
    });

    it('ends what a subject had, and not what it is given much later', async () => {
      const before = identity.tokenFor({ sub: 'usr_1' });
      identity.revoke({ kind: 'subject', id: 'usr_1' });
      await expect.poll(() => statusOf(before), WITHIN).toBe(401);
      identity.clock.advance(QUARTER_OF_AN_HOUR);
      expect(await statusOf(identity.tokenFor({ sub: 'usr_1' }))).toBe(200);
    });

    it('lets tokens expire as its clock moves on, and makes good ones by the same clock', async () => {
      const token = identity.tokenFor();
      expect(await statusOf(token)).toBe(200);
      identity.clock.advance(QUARTER_OF_AN_HOUR + 61); // and the skew
      expect(await statusOf(token)).toBe(401);
      expect(await statusOf(identity.tokenFor())).toBe(200);
    });

    it('takes an API key until that is ended', async () => {
      const key = identity.apiKeyFor({ sub: 'usr_1' });
      expect(await statusWith(['apikey', key])).toBe(200);
      identity.endApiKey(key);
      await expect.poll(() => statusWith(['apikey', key]), WITHIN).toBe(401);
      expect(identity.exchanges).toBeGreaterThan(0);
    });

    it('goes on without it during an outage, but for keys that it would have to fetch', async () => {
      identity.outage();
      expect(await statusOf(identity.tokenFor())).toBe(200);
      identity.rotateKeys({ announced: false });
      await expect.poll(() => statusOf(identity.tokenFor()), WITHIN).toBe(503);
      identity.recover();
      await expect.poll(() => statusOf(identity.tokenFor()), WITHIN).toBe(200);
    });

    it('needs no fetch for the key that was announced', async () => {
      identity.outage();
      identity.rotateKeys();
      expect(await statusOf(identity.tokenFor())).toBe(200);
    });
  });

  it('lets nobody pass while the feed is held, and then knows what had ended', async () => {
    identity.feed.hold();
    const ended = identity.tokenFor();
    identity.revoke(ended);
    await start();
    expect(await statusOf(identity.tokenFor())).toBe(503);
    identity.feed.release();
    await expect.poll(() => statusOf(identity.tokenFor()), { ...WITHIN, timeout: 15_000 }).toBe(200);
    expect(await statusOf(ended)).toBe(401);
  });
});
