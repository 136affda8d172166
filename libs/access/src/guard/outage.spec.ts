import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get } from '@nestjs/common';
import { TestIdentity } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyReadiness } from '../keys/key.readiness.js';
import { REVOCATIONS, type Revocations } from '../revocation/revocations.js';
import { bearer, type GuardedApp, startGuardedApp } from '../testing/guarded.app.js';

@Controller()
class Routes {
  @Get('me')
  me() {
    return {};
  }
}

const MINUTE = 60_000;

describe('F6: a restart while identity is away', () => {
  let identity: TestIdentity;
  let folder: string;
  let feedFile: string;
  let app: GuardedApp;
  /** Milliseconds by which the clock is put forward. */
  let ahead: number;

  const start = async (): Promise<void> => {
    app = await startGuardedApp([Routes], {
      issuer: identity.issuer,
      audience: 'gatehouse',
      client: { id: 'articles', secret: 's3cret' },
      feedFile,
      clock: () => Date.now() + ahead,
    });
  };
  const restartAfter = async (milliseconds: number): Promise<void> => {
    await app.close();
    ahead += milliseconds;
    await start();
  };
  const statusWith = async (token: string): Promise<number> => (await app.get('/me', bearer(token))).status;
  const ready = (): boolean =>
    app.provider<KeyReadiness>(KeyReadiness).ready() && app.provider<Revocations>(REVOCATIONS).current;

  beforeEach(async () => {
    ahead = 0;
    identity = await TestIdentity.start();
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    feedFile = join(folder, 'state', 'revocations');
    await start();
  });
  afterEach(async () => {
    await app.close();
    await identity.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is survived for as long as the feed may be silent: tokens pass, ended ones do not', async () => {
    const exp = Math.floor(Date.now() / 1_000) + 86_400;
    const [before, ended] = [identity.tokenFor({ exp }), identity.tokenFor({ sid: 'ses_ended', exp })];
    identity.feed.revoke({ kind: 'session', id: 'ses_ended', expires_at: 4e9 });
    await expect.poll(() => statusWith(ended), { timeout: 1_000 }).toBe(401);
    identity.outage();
    for (const minutes of [10, 10]) {
      await restartAfter(minutes * MINUTE);
      expect(ready()).toBe(true);
      expect([await statusWith(before), await statusWith(ended)]).toEqual([200, 401]);
      expect(await statusWith(identity.tokenFor({ exp }))).toBe(200);
    }
    await restartAfter(11 * MINUTE);
    expect(ready()).toBe(false);
    expect(await statusWith(before)).toBe(503);
  });

  it('is not survived with keys that somebody else has put there', async () => {
    identity.outage();
    await app.close();
    await writeFile(`${feedFile}.keys`, 'x\n{"keys":[]}');
    await start();
    expect(ready()).toBe(false);
    expect(await statusWith(identity.tokenFor())).toBe(503);
    identity.recover();
    await expect.poll(ready, { timeout: 10_000 }).toBe(true);
    expect(await statusWith(identity.tokenFor())).toBe(200);
  });
});
