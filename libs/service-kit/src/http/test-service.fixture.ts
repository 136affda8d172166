import { once } from 'node:events';
import { connect } from 'node:net';
import type { Type } from '@nestjs/common';
import { PROBLEMS } from '@gatehouse/contracts';
import { loadConfig } from '../config/configuration.loader.js';
import { ServiceConfig } from '../config/service.config.js';
import type { ErrorFormat } from './error.writer.js';
import { createService } from './service.factory.js';
import { ThingsModule } from './things.fixture.js';

const doorFormat: ErrorFormat = {
  prefix: '/door',
  write: (error) => ({
    status: PROBLEMS[error.code].status,
    headers: { 'cache-control': 'no-store' },
    body: { error: error.code, error_description: error.message },
  }),
};

/** A service as it runs, on a free port, and its log. */
export interface TestService {
  url: string;
  port: number;
  log: Record<string, unknown>[];
  send(
    method: string,
    path: string,
    options?: { body?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Sends these bytes, and gives all that comes back until the connection ends. */
  sendRaw(bytes: string): Promise<string>;
  get<T>(token: Type<T>): T;
  close(): Promise<void>;
}

/** What came back, the body read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

export async function startTestService(env: Record<string, string> = {}): Promise<TestService> {
  const log: Record<string, unknown>[] = [];
  const app = await createService({
    name: 'things',
    config: loadConfig(ServiceConfig, { NODE_ENV: 'test', ...env }),
    module: () => ThingsModule,
    errorFormats: [doorFormat],
    logTo: { write: (line) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const port = Number(new URL(url).port);
  return {
    url,
    port,
    log,
    send: sender(url),
    sendRaw: (bytes) => exchange(port, bytes),
    get: (token) => app.get(token),
    close: () => app.close(),
  };
}

function sender(url: string): TestService['send'] {
  return async (method, path, { body, headers = {} } = {}) => {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const init = { method, headers: { ...type, ...headers }, ...(body !== undefined && { body }) };
    const response = await fetch(url + path, init);
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, text, json };
  };
}

async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return received;
}
