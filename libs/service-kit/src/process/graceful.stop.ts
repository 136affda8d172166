import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Readiness } from '../health/readiness.js';

/** How often connections are closed that have become idle. Milliseconds. */
const SWEEP = 50;

/**
 * On SIGTERM or SIGINT, or when the parent process that has forked it is gone: not ready any more, no new connections,
 * `Connection: close` on every answer, idle connections closed, running requests finished; then exit with 0. What runs
 * longer than `timeout` milliseconds is cut off.
 */
export function stopOnSignal(app: NestFastifyApplication, timeout: number): void {
  let stopping: Promise<void> | undefined;
  for (const reason of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.on(reason, () => {
      stopping ??= stop(app, timeout, reason);
    });
  }
}

async function stop(app: NestFastifyApplication, timeout: number, reason: string): Promise<void> {
  const logger = new Logger('process');
  const server = app.getHttpServer();
  logger.log(`stopping on ${reason}`);
  app.get(Readiness).drain();
  setTimeout(() => {
    logger.warn(`cut off what still ran after ${timeout} ms`);
    process.exit(0);
  }, timeout);
  // Node closes those that are idle when the server closes, not those that become idle later.
  setInterval(() => server.closeIdleConnections(), SWEEP);
  try {
    await app.close();
  } catch (error) {
    logger.error(error);
  }
  logger.log('stopped');
  process.exit(0);
}
