import { AccessModule, REVOCATIONS, type Revocations } from '@gatehouse/access';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { type TestDatabase, testDatabases } from '@gatehouse/service-kit/testing';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { basic, claimsOf, CONSUMER } from '../testing/credentials.js';
import { CuttingProxy } from '../testing/cutting.proxy.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { RevocationLog } from './revocation.log.js';

const until = (condition: () => void): Promise<void> =>
  vi.waitFor(condition, { timeout: 15_000, interval: 5 });

describe.each(testDatabases())('F26: a guard that follows the feed of identity on $name', ({ create }) => {
  let database: TestDatabase;
  let identity: IdentityTestApp;
  let proxy: CuttingProxy;
  let guard: INestApplicationContext;
  let ended: number;

  const startIdentity = async (): Promise<void> => {
    identity = await createIdentityTestApp({ databaseUrl: database.url });
    proxy.target = Number(new URL(identity.url).port);
  };
  const startGuard = async (): Promise<void> => {
    const client = { id: CONSUMER.client_id, secret: CONSUMER.client_secret };
    const { issuer } = identity.config;
    const access = AccessModule.forRoot({ issuer, identityUrl: proxy.url, audience: 'gatehouse', client });
    @Module({ imports: [access] })
    class Guard {}
    guard = await NestFactory.createApplicationContext(Guard, { logger: false });
  };
  const revocations = (): Revocations => guard.get<Revocations>(REVOCATIONS);
  const refuses = (sid: string): boolean => {
    const claims = { sid, jti: 'jti', sub: 'usr_1', client_id: 'c', iat: 1 } as AccessTokenClaims;
    return revocations().covers({ claims, kid: 'key' });
  };
  const revoke = async (at = identity): Promise<string> => {
    const id = `ses_${(ended += 1)}`;
    const expiresAt = new Date(Date.now() + 3_600_000);
    await at
      .get(Database)
      .transaction((manager) => at.get(RevocationLog).record(manager, { kind: 'session', id, expiresAt }));
    return id;
  };

  beforeEach(async () => {
    ended = 0;
    database = await create();
    proxy = await CuttingProxy.start();
    await startIdentity();
    await startGuard();
  });
  afterEach(async () => {
    await guard.close();
    await identity.close();
    await proxy.close();
    await database.drop();
  });

  it('refuses a token that was revoked over HTTP, and nothing is accepted after that', async () => {
    expect(revocations().current).toBe(true);
    const form = { grant_type: 'client_credentials' };
    const answer = await identity.form('/oauth/token', form, basic());
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const verified = { claims: claimsOf(token) as unknown as AccessTokenClaims, kid: 'key' };
    expect(revocations().covers(verified)).toBe(false);
    await identity.form('/oauth/revoke', { token }, basic());
    await until(() => expect(revocations().covers(verified)).toBe(true));
  });

  it('misses nothing when its connection is cut, in the middle of frames, again and again', async () => {
    const sessions: string[] = [];
    for (let cut = 0; cut < 20; cut += 1) {
      proxy.cutAfter(Math.ceil(Math.random() * 400));
      for (let i = 0; i < 5; i += 1) sessions.push(await revoke());
      await until(() => expect(refuses(sessions.at(-1)!)).toBe(true));
      expect(sessions.filter((session) => !refuses(session))).toEqual([]);
    }
  }, 60_000);

  it('stands while identity restarts, and learns what another replica has ended meanwhile', async () => {
    const replica = await createIdentityTestApp({ databaseUrl: database.url });
    const before = await revoke();
    await until(() => expect(refuses(before)).toBe(true));
    await identity.close();
    await until(() => expect(revocations().status.connected).toBe(false));
    expect(revocations().current).toBe(true);
    const meanwhile = await revoke(replica);
    await startIdentity();
    // Connected again, it knows: there is no moment in which it passes what ended while it was away.
    await until(() => expect(revocations().status.connected).toBe(true));
    expect([refuses(before), refuses(meanwhile)]).toEqual([true, true]);
    await replica.close();
  });

  it('is told the rest by another replica when its own goes', async () => {
    const replica = await createIdentityTestApp({ databaseUrl: database.url });
    for (let turn = 0; turn < 5; turn += 1) {
      proxy.target = Number(new URL((turn % 2 ? identity : replica).url).port);
      proxy.cut();
      const session = await revoke(turn % 2 ? replica : identity);
      await until(() => expect(refuses(session)).toBe(true));
    }
    await replica.close();
  });
});
