import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from './test-service.fixture.js';

const THING = '{"name":"spoon"}';

describe('a body', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(() => service.close());

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    service.send('POST', path, { body, headers });

  it('arrives as JSON, without members that nobody knows', async () => {
    const { status, json } = await post('/things', '{"name":"spoon","colour":"red"}');
    expect([status, json]).toEqual([201, { name: 'spoon' }]);
  });

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/merge-patch+json'])(
    'is JSON as %s',
    async (type) => expect((await post('/things', THING, { 'content-type': type })).status).toBe(201),
  );

  it('arrives as a form', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('/things', 'name=big+spoon&colour=red', type)).json).toEqual({ name: 'big spoon' });
    expect((await post('/door/echo', 'a=1&a=2', type)).json).toEqual({ body: { a: ['1', '2'] } });
    expect((await post('/door/echo', '__proto__=1&b=2', type)).json).toEqual({ body: { b: '2' } });
  });

  it.each([
    '{"name":"a","__proto__":{"admin":true}}',
    '{"name":"a","__proto__":1,"\\u005f_proto__":2}',
    '{"name":"a","constructor":{"prototype":{"admin":true}}}',
  ])('loses what would reach a prototype, like any unknown member: %s', async (body) => {
    expect(await post('/things', body)).toMatchObject({ status: 201, json: { name: 'a' } });
  });

  it('is read as UTF-8 alone', async () => {
    for (const type of ['application/json; charset=utf-16', 'application/json;charset="latin1"']) {
      expect((await post('/things', THING, { 'content-type': type })).status).toBe(415);
    }
  });

  it.each([
    ['cut short', '{"name":'],
    ['blank', '  '],
    ['no JSON', 'name=spoon'],
    ['nested deeply', `{"name":${'['.repeat(40_000)}${']'.repeat(40_000)}}`],
  ])('is malformed: %s', async (_, body) => {
    const { status, json } = await post('/things', body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'malformed_request' });
    expect(json['errors']).toBeUndefined();
  });

  it('may hold brackets in its texts', async () => {
    expect((await post('/things', JSON.stringify({ name: '[[{{"\\' }))).json).toEqual({ name: '[[{{"\\' });
  });

  it.each(['[]', '[{"name":"spoon"}]', 'null', '"spoon"', '7', 'true'])(
    'is not valid unless it is an object: %s',
    async (body) => {
      const { status, json } = await post('/things', body);
      expect([status, json['code']]).toEqual([400, 'validation_failed']);
      expect(json['errors']).toEqual({ body: ['body must be an object'] });
    },
  );

  it('is told what is wrong with each field, nested ones by their path', async () => {
    const thing = await post('/things', '{"name":"","parts":[{"name":"handle"},{"name":5}]}');
    expect(Object.keys(thing.json['errors'] as object)).toEqual(['name', 'parts.1.name']);
    const credentials = await post('/user_token', '{"auth":{"password":5}}');
    expect(Object.keys(credentials.json['errors'] as object)).toEqual(['auth.email', 'auth.password']);
    for (const body of [
      '{}',
      '{"auth":null}',
      '{"auth":[]}',
      '{"auth":"x"}',
      '{"auth":[{"email":"a","password":"b"}]}',
    ]) {
      const { status, json } = await post('/user_token', body);
      expect([status, json['errors']]).toEqual([400, { auth: ['auth must be an object'] }]);
    }
    const listed = await post('/things', '{"name":"a","parts":[7]}');
    expect(JSON.stringify(listed.json['errors'])).not.toContain('nested property');
    const missing = await service.send('POST', '/user_token');
    expect(missing.json['code']).toBe('validation_failed');
  });

  it('is none where there is nothing, whatever its type says: each member that is needed is named', async () => {
    const { status, json } = await post('/things', '');
    expect([status, json['code'], Object.keys(json['errors'] as object)]).toEqual([
      400,
      'validation_failed',
      ['name'],
    ]);
    const type = 'Host: a\r\nContent-Type: application/json\r\nConnection: close\r\n';
    for (const framing of ['', 'Content-Length: 0\r\n', 'Transfer-Encoding: chunked\r\n']) {
      const end = framing.startsWith('Transfer') ? '0\r\n\r\n' : '';
      const raw = await service.sendRaw(`POST /door/echo HTTP/1.1\r\n${type}${framing}\r\n${end}`);
      expect(raw).toMatch(/^HTTP\/1\.1 20/);
    }
  });

  it('is read by no route that takes none, whatever its type says', async () => {
    const type = { 'content-type': 'application/json' };
    expect((await service.send('DELETE', '/things/7', { headers: type })).status).toBe(204);
    expect((await service.send('DELETE', '/things/7', { headers: type, body: '{' })).status).toBe(400);
    expect((await service.send('GET', '/things', { headers: type })).status).toBe(200);
  });

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'nonsense',
    'text/json',
  ])('is of an unsupported type: %s', async (type) => {
    const { status, json } = await post('/things', THING, { 'content-type': type });
    expect([status, json['code']]).toEqual([415, 'unsupported_media_type']);
  });

  it('is not read compressed', async () => {
    const { status, headers } = await post('/things', THING, { 'content-encoding': 'gzip' });
    expect([status, headers.get('accept-encoding')]).toEqual([415, 'identity']);
  });

  it('is at most 100 kB', async () => {
    const long = (bytes: number) => `{"name":"${'x'.repeat(bytes - 11)}"}`;
    expect((await post('/things', long(100_000))).status).toBe(400);
    const { status, json, headers } = await post('/things', long(100_001));
    expect([status, json['code']]).toEqual([413, 'payload_too_large']);
    expect(headers.get('x-request-id')).toBe(json['request_id']);
    expect((await post('/things', long(2_000_000))).status).toBe(413);
    expect((await post('/door/echo', long(200_000))).json['error']).toBe('payload_too_large');
  });

  it('is malformed where its UTF-8 is broken', async () => {
    const raw = await service.sendRaw(
      'POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 13\r\n\r\n{"name":"\xff\xfe"}',
    );
    expect(raw).toContain('HTTP/1.1 400 Bad Request');
    expect(raw).toContain('malformed_request');
  });

  it('is refused before the guard where it cannot be read, and after it where it is not valid', async () => {
    const refuse = { 'x-refuse': 'yes' };
    expect((await post('/things', '{', refuse)).status).toBe(400);
    expect((await post('/things', '{}', refuse)).status).toBe(401);
  });

  it('has a query beside it that is validated as well', async () => {
    expect((await service.send('GET', '/things?limit=5')).json).toEqual({ limit: 5 });
    const bad = await service.send('GET', '/things?limit=many&limit=5');
    // What is no whole number is neither too small nor too large.
    expect([bad.status, bad.json['errors']]).toEqual([400, { limit: ['limit must be an integer number'] }]);
    const low = await service.send('GET', '/things?limit=0');
    expect(low.json['errors']).toEqual({ limit: ['limit must not be less than 1'] });
  });
});
