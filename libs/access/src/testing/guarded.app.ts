import { type IncomingHttpHeaders, request as send } from 'node:http';
import {
  type DynamicModule,
  type INestApplication,
  type LoggerService,
  Module,
  type Provider,
  type Type,
} from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AccessModule } from '../access.module.js';
import type { AccessOptions } from '../access.options.js';

export const PLATFORMS: [name: string, adapter: () => AbstractHttpAdapter][] = [
  ['Fastify', () => new FastifyAdapter()],
  ['Express', () => new ExpressAdapter()],
];

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The body as it came. */
  text: string;
  /** The body, parsed. */
  body: Record<string, unknown>;
}

/** A running application with these controllers that installs AccessModule and nothing else of Gatehouse. */
export interface GuardedApp {
  url: string;
  /** Headers as pairs: a pair may come twice. */
  get(path: string, headers?: [string, string][], method?: string): Promise<Answer>;
  provider<T>(token: unknown): T;
  close(): Promise<void>;
}

/** What a {@link GuardedApp} is made of, beside its controllers and how it is guarded. */
export interface GuardedAppParts {
  adapter?: () => AbstractHttpAdapter;
  logger?: LoggerService;
  providers?: Provider[];
  /** What is done to the application before it listens. */
  prepare?: (app: INestApplication) => unknown;
}

export async function startGuardedApp(
  controllers: Type[],
  access: AccessOptions | DynamicModule,
  { adapter = PLATFORMS[0]![1], logger, providers = [], prepare }: GuardedAppParts = {},
): Promise<GuardedApp> {
  @Module({ imports: ['module' in access ? access : guardedBy(access)], controllers, providers })
  class AppModule {}
  const app = await NestFactory.create(AppModule, adapter(), {
    logger: logger ?? false,
    abortOnError: false,
  });
  await prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    get: (path, headers = [], method = 'GET') => answerTo(url + path, headers, method),
    provider: (token) => app.get(token as string),
    close: () => app.close(),
  };
}

/** Without a client there is no feed; what a test revokes it adds by itself. */
function guardedBy(options: AccessOptions): DynamicModule {
  return AccessModule.forRoot({ revocation: options.client ? undefined : 'off', ...options });
}

/** The pair that carries a token. */
export function bearer(token: string): [string, string][] {
  return [['Authorization', `Bearer ${token}`]];
}

async function answerTo(url: string, headers: [string, string][], method: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  // Not fetch: that joins two headers of one name.
  const request = send(url, { method, agent: false }, async (response) => {
    const text = Buffer.concat(await response.toArray()).toString();
    const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    resolve({ status: response.statusCode!, headers: response.headers, text, body });
  });
  for (const name of new Set(headers.map(([name]) => name))) {
    request.setHeader(
      name,
      headers.filter(([other]) => other === name).map(([, value]) => value),
    );
  }
  request.on('error', reject).end();
  return promise;
}
