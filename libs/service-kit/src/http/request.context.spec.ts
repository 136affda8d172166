import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentRequest } from './request.context.js';
import { startTestService, type TestService } from './test-service.fixture.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('what goes on from a request', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(() => service.close());

  const context = async (headers: Record<string, string>) =>
    (await service.send('POST', '/context', { body: '{"read":"first"}', headers })).json;

  it.each(['a', 'A-b_c.9', 'x'.repeat(128)])('is the caller’s request id: %.20s', async (id) => {
    const answer = await service.send('GET', '/things', { headers: { 'x-request-id': id } });
    expect(answer.headers.get('x-request-id')).toBe(id);
    expect(await context({ 'x-request-id': id })).toMatchObject({ requestId: id });
  });

  it.each(['', 'a b', 'ä', 'x'.repeat(129), 'a,b', '<script>', 'a/b'])(
    'is a new id in place of one that is not acceptable: %.20j',
    async (id) => {
      const answer = await service.send('GET', '/things', { headers: { 'x-request-id': id } });
      expect(answer.headers.get('x-request-id')).toMatch(UUID);
    },
  );

  it('is a new id for each request without one', async () => {
    const ids = new Set<string | null>();
    for (let index = 0; index < 5; index += 1)
      ids.add((await service.send('GET', '/things')).headers.get('x-request-id'));
    expect(ids.size).toBe(5);
  });

  it('is one new id for a request that names two', async () => {
    const answer = await service.sendRaw(
      'GET /things HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: a\r\nX-Request-Id: b\r\n\r\n',
    );
    expect(answer.match(/^x-request-id: .*$/gim)).toHaveLength(1);
    expect(/^x-request-id: (.*)$/im.exec(answer)?.[1]?.trim()).toMatch(UUID);
  });

  it.each(['/nothing', '/broken', '/%zz', '/health/live', '/docs', `/things/${'x'.repeat(3_000)}`])(
    'is on every answer: %.20s',
    async (path) => {
      const { headers } = await service.send('GET', path, { headers: { 'x-request-id': 'mine' } });
      expect(headers.get('x-request-id')).toBe('mine');
    },
  );

  it('is the caller’s trace', async () => {
    expect(await context({ traceparent: TRACE })).toMatchObject({ traceparent: TRACE });
    const later = `01${TRACE.slice(2)}-more`;
    expect(await context({ traceparent: later })).toMatchObject({ traceparent: later });
  });

  it.each([
    ['none', undefined],
    ['no hex', TRACE.replace('4bf9', 'zzzz')],
    ['upper case', TRACE.toUpperCase()],
    ['no trace', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['no parent', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
    ['a forbidden version', `ff${TRACE.slice(2)}`],
    ['more than its version has', `${TRACE}-more`],
  ])('is a new trace where there is %s', async (_, traceparent) => {
    const { traceparent: fresh } = await context(traceparent ? { traceparent } : {});
    expect(fresh).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$/);
    expect(fresh).not.toBe(traceparent);
  });

  it('is nothing outside of a request', () => {
    expect(currentRequest()).toBeUndefined();
  });
});
