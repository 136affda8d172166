import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../http/test-service.fixture.js';

describe('the log', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });

  beforeEach(() => {
    service.log.length = 0;
  });

  afterAll(() => service.close());

  const lines = async (count: number) => {
    await expect.poll(() => service.log.length, { timeout: 10_000 }).toBe(count);
    return service.log;
  };

  it('has one line for a request, with its route but not its address', async () => {
    await service.send('GET', '/things/42?token=tell-nobody', {
      headers: {
        'x-request-id': 'r-1',
        traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      },
    });
    const [line] = await lines(1);
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      service: 'things',
      request_id: 'r-1',
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      method: 'GET',
      route: '/things/:id',
      status: 200,
      duration_ms: expect.any(Number),
      principal: 'usr_1',
      msg: 'GET /things/:id 200',
    });
  });

  it.each([
    ['/nothing', 'none', 404],
    ['/%zz', 'none', 400],
  ])('has one for a request without a route: %s', async (path, route, status) => {
    await service.send('GET', path);
    expect(await lines(1)).toEqual([
      expect.objectContaining({ route, status, request_id: expect.any(String) }),
    ]);
  });

  it('has a broken rule with its causes under the request’s id, and the answer has neither', async () => {
    const { status, text, json } = await service.send('GET', '/broken', {
      headers: { 'x-request-id': 'r-2' },
    });
    expect([status, json['code']]).toEqual([500, 'internal_error']);
    expect(text).not.toMatch(/SELECT|srv|users/);
    const [error, request] = await lines(2);
    expect(error).toMatchObject({
      level: 'error',
      request_id: 'r-2',
      err: {
        type: 'InternalError',
        cause: {
          message: 'SELECT password FROM users',
          stack: expect.any(String),
          cause: { message: 'at /srv/app/users.ts' },
        },
      },
    });
    expect(request).toMatchObject({ status: 500, route: '/broken' });
  });

  it('has the cause of what is unavailable, and the answer says when to try again', async () => {
    const { status, headers, text } = await service.send('GET', '/away');
    expect([status, headers.get('retry-after')]).toEqual([503, '7']);
    expect(text).not.toContain('the database is gone');
    const [warning] = await lines(2);
    expect(warning).toMatchObject({ level: 'warn', err: { cause: { message: 'the database is gone' } } });
  });

  it('has no secret of a request', async () => {
    const secret = 'tell-nobody-1234';
    const headers = {
      authorization: `Bearer ${secret}`,
      cookie: `jwt=${secret}`,
      apikey: secret,
      'x-refuse': secret,
    };
    await service.send('POST', `/things?token=${secret}`, { headers, body: `{"password":"${secret}"` });
    await service.send('POST', `/user_token?apikey=${secret}`, {
      headers,
      body: `{"auth":{"password":"${secret}"}}`,
    });
    await service.send('GET', `/broken?token=${secret}`, { headers: { authorization: secret } });
    await service.sendRaw(`GET /things?token=${secret} HTTP/9\r\nAuthorization: Bearer ${secret}\r\n\r\n`);
    expect(JSON.stringify(await lines(5))).not.toContain(secret);
  });
});
