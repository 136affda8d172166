import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import { Idle } from './idle.ts';
import { Pulse } from './pulse.ts';
import { quantile, type Report } from './report.ts';

const CONCURRENT = 20;
const LONGEST_REFUSAL = 100;
const MOST_MEMORY = 50;
const MEGABYTE = 1_048_576;
/** How long nothing is done but listened to what is usual, before and after. Milliseconds. */
const CALM = 1_500;
const JSON_TYPE = 'Content-Type: application/json';

/** What is sent, and the one status that it deserves. */
interface BadBody {
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly status: number;
}

/** F12: bodies that are too large, too deep, packed, or of two lengths. Refused at once, for next to no memory. */
export async function bigBodies(report: Report, { rounds, quick }: FaultOptions): Promise<void> {
  const house = await House.open({ replicas: 1 });
  const replica = house.replica(0);
  const port = Number(new URL(replica.url).port);
  const pulse = new Pulse(`${replica.url}/health/live`);
  try {
    await warm(port);
    const idle = new Idle();
    await idle.listen(pulse, CALM);
    const medians = new Map<string, number>();
    let grown = 0;
    const before = memoryOf(replica.pid);
    for (const [name, bad] of Object.entries(badBodies(quick ? 4 : 20))) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        times.push(await send(port, bad, name, report));
        await Promise.all(Array.from({ length: CONCURRENT }, () => send(port, bad, name, report)));
      }
      grown = Math.max(grown, (memoryOf(replica.pid) - before) / MEGABYTE);
      medians.set(name, quantile(times, 0.5));
    }
    await idle.listen(pulse, CALM);
    for (const [name, median] of medians)
      report.atMost(`${name}: refused after ms`, median, idle.boundOf(LONGEST_REFUSAL));
    report.atMost('memory +MB', grown, MOST_MEMORY);
  } finally {
    await pulse.stop();
    await house.close();
  }
}

function badBodies(megabytes: number): Readonly<Record<string, BadBody>> {
  const large = Buffer.alloc(megabytes * MEGABYTE, '{"a":"');
  const deep = Buffer.from('['.repeat(100_000));
  const bomb = gzipSync(Buffer.alloc(100 * MEGABYTE));
  const chunk = Buffer.concat([
    Buffer.from(`${large.length.toString(16)}\r\n`),
    large,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
  const length = ({ length }: Buffer) => `Content-Length: ${length}`;
  const chunked = 'Transfer-Encoding: chunked';
  return {
    [`${megabytes} MB`]: { headers: [JSON_TYPE, length(large)], body: large, status: 413 },
    [`${megabytes} MB in chunks`]: { headers: [JSON_TYPE, chunked], body: chunk, status: 413 },
    'JSON 100,000 deep': { headers: [JSON_TYPE, length(deep)], body: deep, status: 400 },
    'a gzip bomb': {
      headers: [JSON_TYPE, 'Content-Encoding: gzip', length(bomb)],
      body: bomb,
      status: 415,
    },
    'two lengths': {
      headers: [JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3'],
      body: Buffer.from('{}'),
      status: 400,
    },
    'a length and chunks': {
      headers: [JSON_TYPE, 'Content-Length: 2', chunked],
      body: Buffer.from('2\r\n{}\r\n0\r\n\r\n'),
      status: 400,
    },
  };
}

/** How long the refusal takes, in milliseconds. The connection goes on being written to, as an attacker would. */
async function send(
  port: number,
  { headers, body, status }: BadBody,
  name: string,
  report: Report,
): Promise<number> {
  const start = performance.now();
  const told = await new Promise<{ status: number; milliseconds: number }>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (code: number) => {
      resolve({ status: code, milliseconds: performance.now() - start });
      socket.destroy();
    };
    socket.setTimeout(10_000, () => done(0));
    socket.on('error', () => done(0)).on('data', (bytes) => done(Number(bytes.toString('latin1', 9, 12))));
    socket.write(['POST /user_token HTTP/1.1', 'Host: localhost', ...headers, '', ''].join('\r\n'));
    socket.write(body);
  });
  // A connection that is closed while it is written to may be reset before the refusal is read (RFC 9112 §9.6).
  const lost = told.status === 0 && status === 413;
  report.expect(lost || told.status === status, `${name}: answered ${told.status}, not ${status}`);
  return told.milliseconds;
}

/** What every process takes once. */
async function warm(port: number): Promise<void> {
  const quiet = { expect: () => undefined } as unknown as Report;
  const small = Buffer.from('{}');
  for (let i = 0; i < 500; i += 1) {
    const headers = [JSON_TYPE, `Content-Length: ${small.length}`];
    await send(port, { headers, body: small, status: 400 }, 'warming up', quiet);
  }
}

/** Resident memory of a process, in bytes. */
function memoryOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}
