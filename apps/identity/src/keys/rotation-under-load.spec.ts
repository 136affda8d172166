import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { headerOf, serviceToken } from '../testing/credentials.js';
import { createGuardedTestApp, type GuardedTestApp } from '../testing/guarded.test-app.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { publishedKids } from '../testing/published.keys.js';
import { KeyRing } from './key.ring.js';
import { KeyRotation } from './key.rotation.js';

/** Ten rotations, half of them one right after the other. */
const ROTATIONS = [1, 1, 5, 1, 1, 1];
const CALLERS = 8;
const STEP = 10_000;

describe('rotation under load (F8)', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => vi.useRealTimers());

  it('refuses no valid token, and publishes no key for longer than needed', async () => {
    const { refused, accepted, signers, published } = await rotateUnderLoad({});
    expect(refused).toBe(0);
    expect(accepted).toBeGreaterThan(500);
    expect(signers).toBeGreaterThanOrEqual(8);
    expect(published).toBe(2);
  });

  it('would be noticed here to refuse some, if keys signed before they had been published for a while', async () => {
    const { refused } = await rotateUnderLoad({ KEY_PUBLICATION_LEAD: '0s' });
    expect(refused).toBeGreaterThan(0);
  });
});

/** Two replicas that sign and rotate by turns, and callers of a guard who present what is signed, new and old. */
async function rotateUnderLoad(environment: Record<string, string>) {
  const app = await createIdentityTestApp({ environment });
  const replica = await createIdentityTestApp({ databaseUrl: app.databaseUrl, environment });
  const guard = await createGuardedTestApp(replica);
  const callers = new Callers([app, replica], guard);
  await vi.waitUntil(async () => (await guard.statusWith(await serviceToken(app))) === 200);
  callers.start();
  for (const [round, count] of ROTATIONS.entries()) {
    for (let rotation = 0; rotation < count; rotation += 1) {
      await rotate((round + rotation) % 2 ? app : replica);
      await callers.goOn();
    }
    for (let step = 0; step < 3; step += 1) {
      vi.setSystemTime(Date.now() + STEP);
      await callers.goOn();
    }
  }
  const signers = await callers.stop();
  vi.setSystemTime(Date.now() + (app.config.longestTokenTtl + 301) * 1_000);
  const published = (await publishedKids(app)).length;
  await Promise.all([guard.close(), replica.close(), app.close()]);
  return { ...callers.count, signers, published };
}

async function rotate(identity: IdentityTestApp): Promise<void> {
  await identity.get(KeyRing).read();
  expect(await identity.get(KeyRotation).rotate()).toBe(true);
}

class Callers {
  readonly count = { accepted: 0, refused: 0 };
  private readonly tokens: string[] = [];
  private running: Promise<unknown> | undefined;
  private stopped = false;

  constructor(
    private readonly identities: readonly IdentityTestApp[],
    private readonly guard: GuardedTestApp,
  ) {}

  start(): void {
    this.running = Promise.all(Array.from({ length: CALLERS }, (_, caller) => this.call(caller)));
  }

  /** Waits until all that was under way has been answered, and more. */
  async goOn(): Promise<void> {
    const target = this.answered + 3 * CALLERS;
    await vi.waitUntil(() => this.answered >= target, { interval: 1, timeout: 10_000 });
  }

  /** @returns how many keys have signed */
  async stop(): Promise<number> {
    this.stopped = true;
    await this.running;
    return new Set(this.tokens.map((token) => headerOf(token)['kid'])).size;
  }

  private get answered(): number {
    return this.count.accepted + this.count.refused;
  }

  private async call(caller: number): Promise<void> {
    for (let turn = 0; !this.stopped; turn += 1) {
      const token = await serviceToken(this.identities[caller % this.identities.length]!);
      this.tokens.push(token);
      // The newest, and one of any age: all of this takes less than a token's life.
      await Promise.all([this.present(token), this.present(this.tokens[(turn * 7) % this.tokens.length]!)]);
    }
  }

  private async present(token: string): Promise<void> {
    const status = await this.guard.statusWith(token);
    if (status === 200) this.count.accepted += 1;
    else this.count.refused += 1;
  }
}
