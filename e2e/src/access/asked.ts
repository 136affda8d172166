import { request } from 'node:http';

/** What an answer begins with: the feed's has no end. */
export interface Beginning {
  readonly status: number;
  /** Whether it is the guard that asks who is there (RFC 9728 §5.1): no door names its metadata. */
  readonly challenged: boolean;
}

/** Sends a request and reads how its answer begins. */
export function asked(url: string, method: string, headers: Record<string, string>): Promise<Beginning> {
  const { promise, resolve, reject } = Promise.withResolvers<Beginning>();
  const outgoing = request(url, { method, headers, agent: false, timeout: 10_000 }, (incoming) => {
    const challenge = incoming.headers['www-authenticate'] ?? '';
    resolve({ status: incoming.statusCode!, challenged: challenge.includes('resource_metadata=') });
    incoming.destroy();
  });
  outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${url} is not answered`)));
  outgoing.on('error', reject).end();
  return promise;
}
