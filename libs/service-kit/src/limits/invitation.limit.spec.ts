import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../http/test-service.fixture.js';

const HEAD = 'POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n';

describe('who asks whether to send a body', () => {
  let service: TestService;
  beforeAll(async () => void (service = await startTestService()));
  afterAll(() => service.close());

  it('is refused at once where it is too large', async () => {
    const answer = await service.sendRaw(`${HEAD}Content-Length: 100001\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"payload_too_large"/);
  });

  it.each([
    ['of a length that fits', 'Content-Length: 13\r\n', '{"name":"it"}'],
    ['in chunks', 'Transfer-Encoding: chunked\r\n', 'd\r\n{"name":"it"}\r\n0\r\n\r\n'],
  ])('is told to send one %s', async (_, framing, body) => {
    const socket = connect(service.port, '127.0.0.1');
    socket.write(`${HEAD}Connection: close\r\n${framing}\r\n`);
    const [invitation] = (await once(socket, 'data')) as [Buffer];
    expect(invitation.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(body);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 201 /);
    await once(socket, 'close');
  });
});
