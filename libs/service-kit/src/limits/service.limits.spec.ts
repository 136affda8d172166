import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Unavailable } from '@gatehouse/contracts';
import fastifyOf, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestService, type TestService } from '../http/test-service.fixture.js';
import { limitAnswers } from './answer.limit.js';
import { limitConnections } from './connection.limit.js';
import { LoadLimit } from './load.limit.js';

const endless = () => {
  const stream = new Readable({ read: () => undefined });
  stream.push(':\n');
  return stream;
};
const asked = (url = '/things'): [FastifyRequest, FastifyReply] =>
  [{ url }, { raw: { once: () => undefined } }] as unknown as [FastifyRequest, FastifyReply];

describe('the load limit', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('admits so many requests at a time, and the next one when one of them is answered', () => {
    const load = new LoadLimit({ concurrent: 2, lag: 1_000 });
    const [first, second, third] = [asked(), asked(), asked()];
    expect([load.admit(...first), load.admit(...second)]).toEqual([undefined, undefined]);
    const refusal = load.admit(...third);
    expect(refusal).toBeInstanceOf(Unavailable);
    expect(refusal?.headers).toEqual({ 'Retry-After': '1' });
    load.leave(first[0]);
    expect(load.admit(...third)).toBeUndefined();
  });

  it('always admits who asks how the service is', () => {
    const load = new LoadLimit({ concurrent: 0, lag: 1_000 });
    for (const url of ['/health/live', '/health/ready', '/metrics']) {
      expect(load.admit(...asked(url))).toBeUndefined();
    }
    expect(load.admit(...asked('/healthy'))).toBeInstanceOf(Unavailable);
  });

  it('refuses while the process cannot keep up, but not for one long step', () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    const load = new LoadLimit({ concurrent: 10, lag: 1_000 });
    const lookAt = (milliseconds: number) => {
      now.mockReturnValue(milliseconds);
      vi.advanceTimersByTime(500);
      return load.admit(...asked());
    };
    expect(lookAt(500)).toBeUndefined();
    expect(lookAt(3_000)).toBeUndefined();
    expect(lookAt(6_000)).toBeInstanceOf(Unavailable);
    expect(lookAt(6_500)).toBeUndefined();
    load.stop();
    now.mockRestore();
  });
});

describe('a caller who takes too long', () => {
  let fastify: FastifyInstance;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    fastify = fastifyOf();
    limitAnswers(fastify);
    fastify.get('/large', async () => Buffer.alloc(50_000_000));
    fastify.get('/events', async (_, reply) => reply.type('text/event-stream').send(endless()));
    await fastify.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await fastify.close();
  });

  const open = async (path: string) => {
    const { port } = fastify.server.address() as AddressInfo;
    const answer = once(request({ port, path }).end(), 'response');
    const [response] = (await answer) as [Readable];
    return response.on('error', () => undefined);
  };

  it('to read an answer is cut off', async () => {
    const response = await open('/large');
    const gone = new Promise((resolve) => response.once('close', resolve));
    vi.advanceTimersByTime(10_000);
    response.resume();
    await gone;
    expect((response as Readable & { complete: boolean }).complete).toBe(false);
  });

  it('is not meant when it is a stream of events', async () => {
    const response = await open('/events');
    vi.advanceTimersByTime(60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(response.destroyed).toBe(false);
    response.destroy();
  });
});

describe('a service', () => {
  let service: TestService;
  beforeEach(async () => {
    service = await startTestService();
  });
  afterEach(() => service.close());

  it('reads no address of more than 8,000 characters', async () => {
    const { status, json } = await service.send('GET', `/things?${'x'.repeat(8_000)}`);
    expect([status, json['code']]).toEqual([414, 'uri_too_long']);
    expect((await service.send('GET', `/things?${'x'.repeat(7_000)}`)).status).toBe(200);
  });

  it('takes more connections than anybody needs, and not more than it can', async () => {
    const server = createServer();
    limitConnections(server);
    expect(server.maxConnections).toBe(10_000);
    server.maxConnections = 1;
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const first = connect(port, '127.0.0.1');
    await once(first, 'connect');
    const second = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(second, 'close');
    first.destroy();
    server.close();
  });
});
