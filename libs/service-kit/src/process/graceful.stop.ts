import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Readiness } from '../health/readiness.js';

/** How often connections are closed that have become idle. Milliseconds. */
const SWEEP = 50;

/**
 * On SIGTERM or SIGINT: not ready any more, no new connections, `Connection: close` on every answer, idle connections
 * closed, running requests finished; then exit with 0. What runs longer than `timeout` milliseconds is cut off.
 */
export function stopOnSignal(app: NestFastifyApplication, timeout: number): void {
  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopping ??= stop(app, timeout, signal);
    });
  }
}

async function stop(app: NestFastifyApplication, timeout: number, signal: string): Promise<void> {
  const logger = new Logger('process');
  const server = app.getHttpServer();
  logger.log(`stopping on ${signal}`);
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
