import { vi } from 'vitest';
import { send } from '../harness/http.js';

/** Waits until a service that was just started takes requests. */
export async function untilReady(url: string): Promise<void> {
  const ready = async () => {
    const { status } = await send(`${url}/health/ready`);
    if (status !== 200) throw new Error(`${url} is not ready: ${status}`);
  };
  await vi.waitFor(ready, { timeout: 60_000, interval: 100 });
}
