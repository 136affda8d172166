import { Server } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ServiceConfig } from '../config/service.config.js';
import { Readiness } from '../health/readiness.js';

/** How often connections are closed that have become idle. Milliseconds. */
const SWEEP = 50;
/** How long the first request of a connection may be on its way. Milliseconds. */
const ON_ITS_WAY = 500;
/** Against a flood, which would never leave the queue empty. */
const MOST_TURNS = 1_000;

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

/**
 * Takes the connections that wait in the kernel's queue: closing resets them, with requests in them that no gateway may
 * send again. Node takes one a turn, so the queue is empty right after a turn that brought none.
 */
async function takeWaiting(server: HttpServer): Promise<void> {
  let taken = 0;
  const count = () => (taken += 1);
  server.on('connection', count);
  await nextTurn();
  for (let turns = 0, before = -1; taken !== before && turns < MOST_TURNS; turns += 1) {
    before = taken;
    await nextTurn();
  }
  server.off('connection', count);
}

/** Takes no new connection, and waits for the requests on those there are: they may need everything the app has. */
async function finish(server: HttpServer): Promise<void> {
  if (!server.listening) return;
  await takeWaiting(server);
  // Not by the HTTP server's own close: that takes a connection whose first request is still on its way for an idle one.
  const closed = new Promise<void>((done) => Server.prototype.close.call(server, () => done()));
  await Promise.race([closed, sleep(ON_ITS_WAY)]);
  // Those that have become idle, again and again.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  await closed;
  clearInterval(sweep);
}
