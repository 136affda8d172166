import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { loadConfig } from '@gatehouse/service-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { IdentityConfig } from '../../identity.config.js';
import type { MailMessage } from './mail.messages.js';
import { SmtpServer } from './smtp.server.js';

const MESSAGE: MailMessage = {
  from: 'no-reply@example.com',
  to: { name: '', address: 'ada@example.com' },
  subject: 'Hello',
  messageId: '<mai_1@localhost>',
  date: new Date(),
  headers: {},
  text: 'Hello',
  html: '<p>Hello</p>',
};

describe('an SMTP server', () => {
  let server: Server;
  const sockets = new Set<Socket>();
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  /** Sends a mail to a server that says so much when somebody connects. */
  const sendTo = async (greet: (socket: Socket) => void, user = '') => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      greet(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const config = loadConfig(IdentityConfig, { SMTP_URL: `smtp://${user}127.0.0.1:${port}` });
    return new SmtpServer(config).send(MESSAGE);
  };

  it('that does not greet is given up soon', async () => {
    const begun = performance.now();
    await expect(sendTo(() => {})).rejects.toMatchObject({ kind: 'away', answer: 'ETIMEDOUT' });
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it.each([
    ['closes', (socket: Socket) => void socket.end()],
    ['speaks something else', (socket: Socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['is busy', (socket: Socket) => void socket.end('421 too many connections\r\n')],
    ['wants none of us', (socket: Socket) => void socket.end('554 no service for you\r\n')],
  ])('that %s is away: no mail is given up for that', async (_, greet) => {
    await expect(sendTo(greet)).rejects.toMatchObject({ kind: 'away' });
  });

  it('that does not take our password is away, and the password is not told', async () => {
    const greet = (socket: Socket) => {
      socket.write('220 hello\r\n');
      socket.on('data', (words: Buffer) =>
        socket.write(words.toString().startsWith('EHLO') ? '250-hello\r\n250 AUTH PLAIN\r\n' : '535 no\r\n'),
      );
    };
    const error: unknown = await sendTo(greet, 'gatehouse:tell-nobody@').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'away', answer: '535 AUTH PLAIN' });
    expect(String(error)).not.toContain('tell-nobody');
  });
});
