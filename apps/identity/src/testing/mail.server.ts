import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** What the server does with a mail, at which moment of the conversation. */
export type MailTreatment =
  | 'take'
  /** Refuses the recipient: 450 now, 550 for ever. */
  | 450
  | 550
  /** Refuses the sender, whatever is sent. */
  | 'refuse sender'
  /** Breaks the connection in the middle of the message. */
  | 'break'
  /** Takes the message, and breaks the connection before it says so. */
  | 'take and break'
  /** Takes the message when {@link TestMailServer.goOn} says so. */
  | 'hold';

/** A real SMTP server on loopback, which keeps what it was sent. */
export class TestMailServer {
  readonly mails: Email[] = [];
  treatment: MailTreatment = 'take';
  /** How many mails it has begun to read. */
  begun = 0;
  private server = this.newServer();
  private port = 0;
  private gate = Promise.withResolvers<void>();

  static async start(): Promise<TestMailServer> {
    const server = new TestMailServer();
    await server.up();
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Listens, again where it has listened before. */
  async up(): Promise<void> {
    this.server = this.newServer();
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server.server, 'listening');
    this.port = (this.server.server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  /** Takes what it has held. */
  goOn(): void {
    this.gate.resolve();
  }

  /** What it has been sent for an address, the latest first. */
  mailsTo(address: string): Email[] {
    return this.mails.filter(({ to }) => to?.[0]?.address === address).toReversed();
  }

  private newServer(): SMTPServer {
    return new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onMailFrom: (_, __, answer) => answer(this.treatment === 'refuse sender' ? refusal(553) : undefined),
      onRcptTo: (_, __, answer) =>
        answer(typeof this.treatment === 'number' ? refusal(this.treatment) : undefined),
      onData: (stream, { remotePort }, answer) => {
        if (this.treatment === 'break') this.breakOff(remotePort);
        void this.read(stream).then(
          () => (this.treatment === 'take and break' ? this.breakOff(remotePort) : answer()),
          answer,
        );
      },
    });
  }

  private async read(stream: Readable): Promise<void> {
    this.begun += 1;
    const mail = await PostalMime.parse(await buffer(stream));
    if (this.treatment === 'hold') await this.gate.promise;
    this.mails.push(mail);
  }

  private breakOff(port: number): void {
    for (const { remotePort, _socket: socket } of this.server.connections as Iterable<Connection>)
      if (remotePort === port) socket.destroy();
  }
}

/** What smtp-server keeps of a connection. */
interface Connection {
  remotePort: number;
  _socket: { destroy(): void };
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error('not <somebody@example.com>'), { responseCode });
}
