import { once } from 'node:events';
import { get, type Agent, type IncomingMessage } from 'node:http';
import { startProcess, type Child } from '../testing/child.process.fixture.js';

/** Starts the slow service as a process of its own, as far as it comes. */
export function startService(env: Record<string, string> = {}): Child {
  return startProcess('../process/slow.service.fixture.ts', import.meta.url, { PORT: '0', ...env });
}

/** Starts the slow service, and waits until it listens. */
export async function runningService(env: Record<string, string> = {}): Promise<Child & { url: string }> {
  const child = startService(env);
  const [message] = (await once(child.process, 'message')) as [{ type: string; url: string }];
  return { ...child, url: message.url };
}

/** Asks once, and gives the answer without its body. */
export function ask(url: string, agent?: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => resolve(response.resume())).on('error', reject);
  });
}
