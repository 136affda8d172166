import { connect } from 'node:net';
import type { Service } from './services.ts';

/** What came back on a connection, and whether the service closed it. */
export interface FrameOutcome {
  readonly text: string;
  readonly milliseconds: number;
  readonly hung: boolean;
}

/** Milliseconds: much longer than an answer may take. */
const PATIENCE = 10_000;

const long = (length: number) => 'x'.repeat(length);

/**
 * Messages that are no good HTTP (RFC 9112): each ends what it begins, so that an answer is due at once.
 *
 * @param target a path of the service
 * @param fields header fields of a good request, each with its end of line
 */
export function framesFor(target: string, fields: string): string[] {
  const head = `POST ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${fields}`;
  const json = `${head}Content-Type: application/json\r\n`;
  return [
    'GARBAGE\r\n\r\n',
    '\r\n\r\n\r\n\u0000\u0001\u0002\r\n\r\n',
    `GET\r\n\r\n`,
    `GET ${target}\r\n\r\n`,
    `GET ${target} HTTP/9.9\r\nHost: a\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n${fields}\r\n`,
    `GET  ${target}  HTTP/1.1\r\nHost: a\r\n\r\n`,
    `G\u0000T ${target} HTTP/1.1\r\nHost: a\r\n\r\n`,
    `get ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    `GET http://elsewhere.invalid${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${fields}\r\n`,
    `GET ${target}\u0000 HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: a\u0000b\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX : a\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: a\r\n b\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n: a\r\n\r\n`,
    `GET ${target} HTTP/1.1\nHost: a\nConnection: close\n\n`,
    `GET ${target} HTTP/1.1\rHost: a\r\r`,
    `GET /${long(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nX: ${long(20_000)}\r\n\r\n`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\n${'X: a\r\n'.repeat(3_000)}\r\n`,
    `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    `CONNECT elsewhere.invalid:443 HTTP/1.1\r\nHost: elsewhere.invalid:443\r\n\r\n`,
    `OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
    `${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    `${json}Content-Length: -1\r\n\r\n`,
    `${json}Content-Length: +2\r\n\r\n{}`,
    `${json}Content-Length: 0x2\r\n\r\n{}`,
    `${json}Content-Length: 99999999999999999999\r\n\r\n{}`,
    `${json}Content-Length: 2, 2\r\n\r\n{}`,
    `${json}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n{}\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: chunked\r\n\r\n2;${long(20_000)}\r\n{}\r\n0\r\n\r\n`,
    `${json}Transfer-Encoding: chunked\r\n\r\n2\r\n{}X0\r\n\r\n`,
    `${json}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: ${long(20_000)}\r\n\r\n`,
    `${json}Upgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\n{}`,
    `${json}Expect: 200-maybe\r\nContent-Length: 2\r\n\r\n{}`,
  ];
}

/** Sends a message, says that no more will come, and waits until the service closes. */
export function sendFrame({ url }: Service, frame: string): Promise<FrameOutcome> {
  const { hostname, port } = new URL(url);
  const start = performance.now();
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port) });
    const tell = (hung: boolean) => {
      socket.destroy();
      resolve({ text, milliseconds: performance.now() - start, hung });
    };
    const patience = setTimeout(() => tell(true), PATIENCE);
    socket.on('connect', () => socket.end(frame, 'latin1'));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined); // A service may well cut such a connection: 'close' follows.
    socket.on('close', () => {
      clearTimeout(patience);
      tell(false);
    });
  });
}

/** What is wrong with what came back; nothing with a refusal, a good answer, or a closed connection. */
export function flawInFrame(outcome: FrameOutcome, patience: number): string | undefined {
  const { text, milliseconds, hung } = outcome;
  if (hung) return `was left open for ${PATIENCE} ms`;
  if (milliseconds > patience) return `took ${Math.round(milliseconds)} ms`;
  for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)) {
    // 505 is what a version asks for that nobody speaks (RFC 9110 §15.6.6).
    if (Number(status) >= 500 && status !== '505') return `a ${status}`;
  }
  return undefined;
}
