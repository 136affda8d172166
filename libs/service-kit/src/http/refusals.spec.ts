import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from './test-service.fixture.js';

describe('a request that no route takes', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(() => service.close());

  it('is 404 where there is nothing, as a problem', async () => {
    const { status, headers, json } = await service.send('GET', '/nothing?token=secret');
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toEqual({
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing at this address.',
      code: 'not_found',
      request_id: headers.get('x-request-id'),
    });
  });

  it.each([
    ['PUT', '/things', 'GET, HEAD, POST'],
    ['OPTIONS', '/things', 'GET, HEAD, POST'],
    ['PROPFIND', '/things', 'GET, HEAD, POST'],
    ['POST', '/things/7', 'DELETE, GET, HEAD'],
    ['PATCH', '/things/special', 'DELETE, GET, HEAD'],
    ['HEAD', '/user_token', 'POST'],
    ['DELETE', '/health/live', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ])('is 405 with what the address takes: %s %s', async (method, path, allow) => {
    const { status, headers, json } = await service.send(method, path);
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe(allow);
    const body = { code: 'method_not_allowed', status: 405 };
    expect(json).toMatchObject(method === 'HEAD' ? {} : body);
  });

  it.each(['POST', 'PUT'])('is 404 where a parameter is left out: %s /things/', async (method) => {
    expect((await service.send(method, '/things/')).status).toBe(404);
  });

  it('is 405 before the guard is asked and the body is read', async () => {
    const refused = { 'x-refuse': 'yes' };
    expect((await service.send('GET', '/things', { headers: refused })).status).toBe(401);
    expect((await service.send('PUT', '/things', { headers: refused, body: '{' })).status).toBe(405);
    expect((await service.send('POST', '/nothing', { headers: refused, body: '{' })).status).toBe(404);
  });

  it('is 404 for a parameter that is empty', async () => {
    expect((await service.send('GET', '/things/')).status).toBe(404);
  });

  it.each([
    ['/%zz', 400, 'malformed_request'],
    ['/things/%E0%A4%A', 400, 'malformed_request'],
    [`/things/${'x'.repeat(3_000)}`, 414, 'uri_too_long'],
    [`/things?limit=${'1'.repeat(20_000)}`, 431, 'headers_too_large'],
  ])('is refused for its address: %.20s', async (path, expected, code) => {
    const { status, headers, json } = await service.send('GET', path);
    expect(status).toBe(expected);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toMatchObject({ code, status: expected, request_id: headers.get('x-request-id') });
  });

  it('answers HEAD as GET, without a body', async () => {
    const get = await service.send('GET', '/things');
    const head = await service.send('HEAD', '/things');
    expect(head.status).toBe(200);
    expect(head.text).toBe('');
    for (const name of ['content-type', 'content-length'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  it('tells nothing about what runs it', async () => {
    const { headers } = await service.send('GET', '/things');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('answers below a door in the door’s format', async () => {
    for (const [method, path, code] of [
      ['GET', '/door/nothing', 'not_found'],
      ['PUT', '/door/echo', 'method_not_allowed'],
      ['GET', '/door/%zz', 'malformed_request'],
      ['GET', '/%64oor/nothing?a=b', 'not_found'],
      ['GET', '/door/broken', 'internal_error'],
    ] as const) {
      const { headers, json } = await service.send(method, path);
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toBeTruthy();
      expect(json).toEqual({ error: code, error_description: expect.any(String) });
    }
    expect((await service.send('GET', '/doors')).json['code']).toBe('not_found');
  });
});
