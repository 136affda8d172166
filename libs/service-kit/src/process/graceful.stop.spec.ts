import { once } from 'node:events';
import { Agent } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ask, runningService } from './running.service.fixture.js';

const codeOf = (error: { code?: string }) => error.code;

describe('a service that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what runs, takes nothing new, and exits with 0: %s',
    async (signal) => {
      const { url, process, ended } = await runningService();
      const running = ask(`${url}/slow/800`);
      await ask(`${url}/slow/100`);
      process.kill(signal);
      await expect
        .poll(() => ask(`${url}/health/live`).catch(codeOf), { timeout: 10_000 })
        .toBe('ECONNREFUSED');
      const { statusCode, headers } = await running;
      expect([statusCode, headers.connection]).toEqual([200, 'close']);
      const outcome = await ended;
      expect([outcome.code, outcome.signal, outcome.stderr]).toEqual([0, null, '']);
      expect(outcome.stdout).toContain(`stopping on ${signal}`);
    },
  );

  it('stops when the parent that has forked it is gone', async () => {
    const { process } = await runningService();
    process.disconnect();
    // Not 'close', which Node does not emit after a disconnect.
    expect(await once(process, 'exit')).toEqual([0, null]);
  });

  it('waits for no idle connection', async () => {
    const { url, process, ended } = await runningService();
    await ask(`${url}/health/live`, new Agent({ keepAlive: true }));
    const begun = Date.now();
    process.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  it('cuts off what runs too long, and exits with 0', async () => {
    const { url, process, ended } = await runningService({ SHUTDOWN_TIMEOUT: '300ms' });
    const running = ask(`${url}/slow/60000`).catch(codeOf);
    await ask(`${url}/slow/100`);
    process.kill('SIGTERM');
    expect(await running).toBe('ECONNRESET');
    const outcome = await ended;
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain('cut off what still ran after 300 ms');
  });

  it('goes on taking connections for as long as it is told to, and says that it is not ready', async () => {
    const { url, process, ended } = await runningService({ SHUTDOWN_DELAY: '500ms' });
    process.kill('SIGTERM');
    await expect
      .poll(async () => (await ask(`${url}/health/ready`)).statusCode, { timeout: 1_000 })
      .toBe(503);
    const { statusCode, headers } = await ask(`${url}/slow/1`);
    expect([statusCode, headers.connection]).toEqual([200, 'close']);
    expect((await ended).code).toBe(0);
  });

  it('ends at once when the same signal comes again', async () => {
    const { url, process, ended } = await runningService();
    const running = ask(`${url}/slow/60000`).catch(codeOf);
    await ask(`${url}/slow/100`);
    process.kill('SIGTERM');
    await expect.poll(() => ask(`${url}/health/live`).catch(codeOf), { timeout: 1_000 }).toBe('ECONNREFUSED');
    process.kill('SIGTERM');
    expect(await running).toBe('ECONNRESET');
    expect((await ended).code).toBe(1);
  });
});
