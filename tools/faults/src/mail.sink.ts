import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** How the server behaves: it takes mails, takes each two seconds late, or falls silent in the middle of each. */
export type Mood = 'up' | 'slow' | 'silent';

/** How late it is when slow, in milliseconds. */
const LATE = 2_000;

/** An SMTP server on loopback, which counts the mails it has taken by their ids. */
export class MailSink {
  readonly taken = new Map<string, number>();
  mood: Mood = 'up';
  /** How often it went down: what it had not answered by then it has not taken. */
  downs = 0;
  readonly port: number;
  #server: SMTPServer;

  private constructor(server: SMTPServer) {
    this.#server = server;
    this.port = (server.server.address() as AddressInfo).port;
  }

  static async start(): Promise<MailSink> {
    const sinks: MailSink[] = [];
    const server = newServer(() => sinks[0]!);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    sinks.push(new MailSink(server));
    return sinks[0]!;
  }

  /** Listens again where it has listened before. */
  async up(): Promise<void> {
    this.#server = newServer(() => this);
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server.server, 'listening');
  }

  async down(): Promise<void> {
    this.downs += 1;
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}

function newServer(sink: () => MailSink): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onData: (stream, _, answer) => {
      void take(sink(), stream).then((isTaken) => isTaken && answer(), answer);
    },
  });
}

async function take(sink: MailSink, stream: Parameters<typeof buffer>[0]): Promise<boolean> {
  const { mood, taken, downs } = sink;
  const id = /^message-id: (.+)$/im.exec((await buffer(stream)).toString())![1]!;
  if (mood === 'slow') await sleep(LATE);
  if (mood === 'silent' || sink.downs !== downs) return false;
  taken.set(id, (taken.get(id) ?? 0) + 1);
  return true;
}
