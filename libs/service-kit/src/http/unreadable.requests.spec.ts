import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from './test-service.fixture.js';

const CLOSE = 'Host: a\r\nConnection: close\r\n';

describe('what is hardly HTTP', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });

  afterAll(() => service.close());

  it.each([
    ['garbage', 'hello, is anybody there?\r\n\r\n', 400, 'malformed_request'],
    ['a header without a name', 'GET /things HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n', 400, 'malformed_request'],
    ['a space before the colon', 'GET /things HTTP/1.1\r\nHost : a\r\n\r\n', 400, 'malformed_request'],
    ['an unknown method', 'BREW /things HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'malformed_request'],
    ['another version', 'GET /things HTTP/3.0\r\nHost: a\r\n\r\n', 400, 'malformed_request'],
    ['no host', 'GET /things HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed_request'],
    [
      'two hosts',
      'GET /things HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n',
      400,
      'malformed_request',
    ],
    ...['a b', 'a/b', 'user@a', 'a:b', '[::1', 'a%zz', 'a"'].map((host): [string, string, number, string] => [
      `the host ${host}`,
      `GET /things HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      400,
      'malformed_request',
    ]),
    [
      'two types of one body',
      `POST /things HTTP/1.1\r\n${CLOSE}Content-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n\r\n{"name":"one"}`,
      400,
      'malformed_request',
    ],
    [
      'a way out of the documentation’s files',
      `GET /docs/../../x HTTP/1.1\r\n${CLOSE}\r\n`,
      403,
      'forbidden',
    ],
    [
      'two lengths',
      `POST /things HTTP/1.1\r\n${CLOSE}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
      400,
      'malformed_request',
    ],
    [
      'a length and chunks',
      `POST /things HTTP/1.1\r\n${CLOSE}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'malformed_request',
    ],
    ...['gzip, chunked', 'chunked, chunked', 'GZIP, Chunked'].map(
      (coding): [string, string, number, string] => [
        `the transfer coding ${coding}`,
        `POST /things HTTP/1.1\r\n${CLOSE}Content-Type: application/json\r\nTransfer-Encoding: ${coding}\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
        400,
        'malformed_request',
      ],
    ),
    [
      'a negative length',
      `POST /things HTTP/1.1\r\n${CLOSE}Content-Length: -1\r\n\r\n`,
      400,
      'malformed_request',
    ],
    [
      'a chunk of no size',
      `POST /things HTTP/1.1\r\n${CLOSE}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
      400,
      'malformed_request',
    ],
    [
      'a header of 20 kB',
      `GET /things HTTP/1.1\r\n${CLOSE}X: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    ['a tunnel', `CONNECT example.com:443 HTTP/1.1\r\n${CLOSE}\r\n`, 405, 'method_not_allowed'],
    ['a target that is no path', `GET things HTTP/1.1\r\n${CLOSE}\r\n`, 400, 'malformed_request'],
    ['a null byte in the path', `GET /things/\0 HTTP/1.1\r\n${CLOSE}\r\n`, 400, 'malformed_request'],
  ])('is refused like everything else: %s', async (_, bytes, status, code) => {
    const [head = '', body = ''] = (await service.sendRaw(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json$/im);
    const [, id] = /^x-request-id: (.+)$/im.exec(head) ?? [];
    expect(JSON.parse(body)).toMatchObject({ status, code, request_id: id });
    expect(Number(/^content-length: (\d+)$/im.exec(head)?.[1])).toBe(Buffer.byteLength(body));
  });

  it.each([
    ['an absolute target', `GET http://a/things HTTP/1.1\r\n${CLOSE}\r\n`, 200],
    ['a wrong method for an absolute target', `PUT http://a/things HTTP/1.1\r\n${CLOSE}\r\n`, 405],
    ['an expectation that nobody knows', `GET /things HTTP/1.1\r\n${CLOSE}Expect: miracles\r\n\r\n`, 200],
    [
      'an upgrade that nobody offers',
      `GET /things HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      200,
    ],
    ...['', 'a_b.example:80', '[::1]:3000', 'xn--bcher-kva.example.', 'a:'].map(
      (host): [string, string, number] => [
        `the host ${host}`,
        `GET /things HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
        200,
      ],
    ),
    ['HTTP/1.0 without a host', 'GET /things HTTP/1.0\r\n\r\n', 200],
    ['OPTIONS for the server as a whole', `OPTIONS * HTTP/1.1\r\n${CLOSE}\r\n`, 404],
  ])('is answered as it should be: %s', async (_, bytes, status) => {
    const answer = await service.sendRaw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/^x-request-id: .+$/im);
  });

  it.each([
    ['a header without a name', 'POST /door/x HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n', 400],
    [
      'a chunk of no size',
      `POST /door/echo HTTP/1.1\r\n${CLOSE}X-Request-Id: mine\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
      400,
    ],
    ['a header of 20 kB', `GET /door HTTP/1.1\r\n${CLOSE}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('is refused in the format of its path, as far as that was read: %s', async (_, bytes, status) => {
    const [head = '', body = ''] = (await service.sendRaw(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/json$/im);
    expect(head).toMatch(/^cache-control: no-store$/im);
    expect(JSON.parse(body)).toHaveProperty('error');
    expect(head).toMatch(
      bytes.includes('mine') ? /^x-request-id: mine$/im : /^x-request-id: [0-9a-f-]{36}$/im,
    );
  });

  it('says that it may be the method alone', async () => {
    const answer = await service.sendRaw('BREW /things HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(answer).toContain('"detail":"The method is none that is known here, or this is not HTTP."');
  });

  it('is told of in the log', async () => {
    service.log.length = 0;
    await service.sendRaw('nonsense\r\n\r\n');
    expect(service.log).toContainEqual(
      expect.objectContaining({ status: 400, msg: 'unreadable request 400' }),
    );
  });

  it('is answered once: what comes of a body after the answer is not answered again', async () => {
    const socket = connect(service.port, '127.0.0.1');
    let answers = '';
    socket.on('data', (chunk: Buffer) => (answers += chunk.toString()));
    socket.write(
      'POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    await expect.poll(() => answers).toContain('HTTP/1.1 404');
    socket.write('no chunk\r\n\r\n');
    await once(socket, 'close');
    expect(answers.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  it('does no harm when it goes away in the midst of a body', async () => {
    service.log.length = 0;
    const socket = connect(service.port, '127.0.0.1');
    socket.write(
      `POST /things HTTP/1.1\r\n${CLOSE}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na`,
    );
    await once(socket, 'connect');
    await service.send('GET', '/things');
    socket.destroy();
    const gone = { method: 'POST', route: '/things', aborted: true };
    await expect.poll(() => service.log, { timeout: 10_000 }).toContainEqual(expect.objectContaining(gone));
    expect(service.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
