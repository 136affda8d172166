import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ServiceConfig } from '../config/service.config.js';
import { Readiness } from '../health/readiness.js';

/** How often connections are closed that have become idle. Milliseconds. */
const SWEEP = 50;

type Terms = Pick<ServiceConfig, 'shutdownDelay' | 'shutdownTimeout'>;
type HttpServer = ReturnType<NestFastifyApplication['getHttpServer']>;

/**
 * On SIGTERM or SIGINT, or when the parent process that has forked it is gone: not ready any more, and `Connection: close` on every
 * answer; after `shutdownDelay` no new connections, idle ones closed, running requests finished; then everything else is closed,
 * the database last, and the process exits with 0. What runs longer than `shutdownTimeout` is cut off, as it is when the
 * same signal comes again.
 */
export function stopOnSignal(app: NestFastifyApplication, terms: Terms): void {
  const heard = new Set<string>();
  for (const reason of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.on(reason, () => {
      // Not by another signal: Ctrl-C comes as SIGINT from the terminal, and as SIGTERM from the parent.
      if (heard.has(reason)) process.exit(1);
      if (heard.size === 0) void stop(app, terms, reason);
      heard.add(reason);
    });
  }
}

async function stop(
  app: NestFastifyApplication,
  { shutdownDelay, shutdownTimeout }: Terms,
  reason: string,
): Promise<void> {
  const logger = new Logger('process');
  logger.log(`stopping on ${reason}`);
  setTimeout(() => {
    logger.warn(`cut off what still ran after ${shutdownTimeout} ms`);
    process.exit(0);
  }, shutdownTimeout);
  app.get(Readiness).drain();
  try {
    await sleep(shutdownDelay);
    await finish(app.getHttpServer());
    await app.close();
  } catch (error) {
    logger.error(error);
  }
  logger.log('stopped');
  process.exit(0);
}

/** Takes no new connection, and waits for the requests on those there are: they may need everything the app has. */
async function finish(server: HttpServer): Promise<void> {
  if (!server.listening) return;
  // Node closes those that are idle when the server closes, not those that become idle later.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  await new Promise((closed) => server.close(closed));
  clearInterval(sweep);
}
