import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, type MessageEvent, Sse } from '@nestjs/common';
import { TestIdentity } from '@gatehouse/testing';
import { interval, map, type Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AllowAnonymous, Public, RequireScope } from '../decorators/access.decorators.js';
import { type GuardedApp, PLATFORMS, startGuardedApp } from '../testing/guarded.app.js';

const ticks = (): Observable<MessageEvent> => interval(20).pipe(map((count) => ({ data: { count } })));

@Controller()
class StreamsController {
  @Sse('guarded')
  @RequireScope('articles:read')
  guarded() {
    return ticks();
  }

  @Sse('later')
  async later() {
    return ticks();
  }

  @Public()
  @Sse('public')
  public() {
    return ticks();
  }

  @AllowAnonymous()
  @Sse('anonymous')
  anonymous() {
    return ticks();
  }
}

describe.each(PLATFORMS)('an event stream on %s', (_name, adapter) => {
  let identity: TestIdentity;
  let app: GuardedApp;

  /** Reads on until the stream ends, or for so many milliseconds. */
  const endOf = async (answer: Response, within: number): Promise<'ended' | 'goes on'> => {
    const reading = answer.text().then(() => 'ended' as const);
    return Promise.race([reading.catch(() => 'goes on' as const), sleep(within, 'goes on' as const)]);
  };
  const open = async (
    path: string,
    token?: string,
  ): Promise<{ answer: Response; close: AbortController }> => {
    const close = new AbortController();
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    return { answer: await fetch(app.url + path, { headers, signal: close.signal }), close };
  };

  beforeEach(async () => {
    identity = await TestIdentity.start();
    const client = { id: 'articles', secret: 'any' };
    app = await startGuardedApp(
      [StreamsController],
      { issuer: identity.issuer, audience: 'gatehouse', client, clock: identity.clock.now },
      { adapter },
    );
  });
  afterEach(async () => {
    await app.close();
    await identity.close();
  });

  it.each(['/guarded', '/later'])(
    '%s ends soon after its token was revoked, and others go on',
    async (path) => {
      const [mine, others] = [1, 2].map((user) =>
        identity.tokenFor({ sub: `usr_${user}`, scope: 'articles:read' }),
      );
      const [{ answer }, another] = await Promise.all([open(path, mine), open(path, others)]);
      expect(await endOf(answer.clone(), 700)).toBe('goes on');
      identity.revoke(mine!);
      expect(await endOf(answer, 5_000)).toBe('ended');
      expect(await endOf(another.answer, 700)).toBe('goes on');
      another.close.abort();
    },
  );

  it('ends when its token expires', async () => {
    const { answer } = await open('/guarded', identity.tokenFor({ scope: 'articles:read' }));
    identity.clock.advance(3_600 * 24);
    expect(await endOf(answer, 5_000)).toBe('ended');
  });

  it('goes on for nobody, where nobody may', async () => {
    for (const path of ['/public', '/anonymous']) {
      const { answer, close } = await open(path);
      expect(answer.status).toBe(200);
      expect(await endOf(answer, 700)).toBe('goes on');
      close.abort();
    }
  });

  it('is not begun without a good credential', async () => {
    expect((await open('/guarded')).answer.status).toBe(401);
    expect((await open('/later', 'garbage')).answer.status).toBe(401);
  });
});
