import { Unavailable } from '@gatehouse/contracts';
import { Database, Metrics } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuditEvent } from '../../audit/audit-event.entity.js';
import { createIdentityTestApp, type IdentityTestApp } from '../../testing/identity.test-app.js';
import { TestMailServer } from '../../testing/mail.server.js';
import { Mail } from '../mail.entity.js';
import { MailOutbox } from '../mail.outbox.js';
import { DueMails } from './due.mails.js';
import { MailDelivery } from './mail.delivery.js';

const ADA = 'ada@example.com';
const LINK = 'http://localhost:3000/confirmation?token=a-secret';

const eventually = (condition: () => unknown) => vi.waitFor(condition, { timeout: 10_000 });

describe.each(testDatabases())('sending mails on $name', (database) => {
  let server: TestMailServer;
  let app: IdentityTestApp;
  beforeEach(async () => {
    server = await TestMailServer.start();
    app = await start();
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    server.goOn();
    await app.close();
    await server.down();
  });

  const start = (databaseUrl?: string) =>
    createIdentityTestApp({
      environment: { SMTP_URL: server.url, MAIL_FROM: 'Acme <post@acme.example>' },
      ...(databaseUrl ? { databaseUrl } : { database }),
    });
  const write = (email = ADA) =>
    app.get(Database).transaction((manager) =>
      app.get(MailOutbox).enqueue(manager, {
        template: 'confirmation',
        to: { id: 'usr_ada', email, locale: 'en' },
        link: LINK,
      }),
    );
  const later = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
  const deliver = (from = app) => from.get(MailDelivery).deliver();
  const row = () => app.get(Database).manager.findOneByOrFail(Mail, { recipient: ADA });
  const metrics = () => app.get(Metrics).text();

  it('happens as soon as they are written, as text and as HTML, from whom the settings say', async () => {
    await write();
    await eventually(() => expect(server.mails).toHaveLength(1));
    const [mail] = server.mails;
    const { id } = await row();
    expect(mail).toMatchObject({
      from: { name: 'Acme', address: 'post@acme.example' },
      to: [{ address: ADA }],
      subject: 'Confirm your email address',
      messageId: `<${id}@localhost>`,
      text: expect.stringContaining(`\n${LINK}\n`),
      html: expect.stringContaining(`<a href="${LINK}">${LINK}</a>`),
    });
    const headers = new Map(mail!.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('content-language')).toBe('en');
    expect(headers.get('content-type')).toMatch(/^multipart\/alternative/);
  });

  it('leaves no link in the database, and does not happen again', async () => {
    await write();
    await eventually(async () =>
      expect(await row()).toMatchObject({ sentAt: expect.any(Date), sealedLink: null, nextAttemptAt: null }),
    );
    later(86_400_000);
    await deliver();
    expect(server.mails).toHaveLength(1);
    expect(await metrics()).toContain('identity_mails_total{outcome="sent"} 1');
  });

  it('waits for a server that is down, and needs one try when it is back', async () => {
    await server.down();
    await write();
    await deliver();
    expect(await row()).toMatchObject({ attempts: 1, sentAt: null, deadAt: null });
    await server.up();
    later(31_000);
    await deliver();
    expect(server.mailsTo(ADA)).toHaveLength(1);
    expect((await row()).attempts).toBe(2);
  });

  it('tries one mail, not all of them, while no server is there', async () => {
    await server.down();
    for (let count = 0; count < 12; count += 1) await write(`${count}@example.com`);
    await deliver();
    await deliver();
    expect(await app.get(Database).manager.countBy(Mail, { attempts: 0 })).toBeGreaterThanOrEqual(8);
    await server.up();
    later(31_000);
    await deliver();
    expect(server.mails).toHaveLength(12);
  });

  it('puts off a mail that is not taken now, and goes on with others', async () => {
    server.treatment = 450;
    await write();
    await deliver();
    server.treatment = 'take';
    await write('bob@example.com');
    await deliver();
    expect(server.mails).toHaveLength(1);
    expect(await row()).toMatchObject({ attempts: 1, deadAt: null });
    later(60_000);
    await deliver();
    expect(server.mailsTo(ADA)).toHaveLength(1);
  });

  it('gives up a mail that is refused for good, which the audit trail tells and no log tells to whom', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn');
    server.treatment = 550;
    await write();
    await deliver();
    expect(await row()).toMatchObject({ deadAt: expect.any(Date), nextAttemptAt: null, sealedLink: null });
    const event = await app.get(Database).manager.findOneByOrFail(AuditEvent, { type: 'mail.failure' });
    expect(event).toMatchObject({
      subjectId: 'usr_ada',
      requestId: null,
      details: { template: 'confirmation', answer: '550 RCPT TO', attempts: 1 },
    });
    expect(await metrics()).toContain('identity_mails_total{outcome="dead"} 1');
    expect(JSON.stringify(warn.mock.calls)).toContain('A mail was given up');
    expect(JSON.stringify([warn.mock.calls, event])).not.toMatch(/example\.com|a-secret/);
  });

  it('gives up a mail to an address that the server cannot spell, and tells what it lacks', async () => {
    server.treatment = 550;
    await write('josé@example.com');
    await deliver();
    const event = await app.get(Database).manager.findOneByOrFail(AuditEvent, { type: 'mail.failure' });
    expect(event.details).toMatchObject({
      answer: '550 RCPT TO: this address takes SMTPUTF8',
      attempts: 1,
    });
  });

  it('gives up a mail that nobody takes for a day', async () => {
    server.treatment = 450;
    await write();
    await deliver();
    later(86_400_000 + 1_000);
    await deliver();
    expect(await row()).toMatchObject({ attempts: 2, deadAt: expect.any(Date) });
  });

  it('loses no mail to a server that refuses us rather than the mail', async () => {
    server.treatment = 'refuse sender';
    await write();
    await deliver();
    expect(await row()).toMatchObject({ attempts: 1, deadAt: null });
    server.treatment = 'take';
    later(31_000);
    await deliver();
    expect(server.mailsTo(ADA)).toHaveLength(1);
  });

  it('happens once where the connection breaks in the middle of the message', async () => {
    server.treatment = 'break';
    await write();
    await deliver();
    server.treatment = 'take';
    later(31_000);
    await deliver();
    expect(server.mailsTo(ADA)).toHaveLength(1);
  });

  it('may happen twice where it breaks before the answer, as one message of one id', async () => {
    server.treatment = 'take and break';
    await write();
    await deliver();
    server.treatment = 'take';
    later(31_000);
    await deliver();
    const [one, other] = server.mailsTo(ADA);
    expect(one).toMatchObject({ messageId: other!.messageId, date: other!.date, text: other!.text });
  });

  it('happens once, whichever of two replicas does it', async () => {
    const replica = await start(app.databaseUrl);
    await server.down();
    for (let count = 0; count < 30; count += 1) await write(`${count}@example.com`);
    await server.up();
    later(31_000);
    await Promise.all([deliver(), deliver(replica), deliver(), deliver(replica)]);
    await eventually(() => expect(server.mails).toHaveLength(30));
    await replica.close();
    expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(30);
  });

  it('happens once where the database is away for a moment just then', async () => {
    vi.spyOn(app.get(DueMails), 'settle').mockRejectedValueOnce(new Unavailable());
    await write();
    await deliver();
    expect(await row()).toMatchObject({ attempts: 1, sentAt: expect.any(Date) });
    expect(server.mails).toHaveLength(1);
  });

  it('gives up a mail whose link nobody can read any more, and goes on with others', async () => {
    await write();
    await write('bob@example.com');
    const { id } = await row();
    await app.get(Database).transaction((manager) => manager.update(Mail, { id }, { sealedLink: 'broken' }));
    await deliver();
    expect(await row()).toMatchObject({ deadAt: expect.any(Date) });
    expect(server.mailsTo('bob@example.com')).toHaveLength(1);
  });

  it('is taken over from a replica that died at it', async () => {
    await server.down();
    await write();
    const { id } = await row();
    const claim = { attempts: 1, nextAttemptAt: new Date(Date.now() + 120_000) };
    await app.get(Database).transaction((manager) => manager.update(Mail, { id }, claim));
    await server.up();
    later(119_000);
    await deliver();
    expect(server.mails).toEqual([]);
    later(2_000);
    await deliver();
    expect(server.mailsTo(ADA)).toHaveLength(1);
  });

  it('is finished before the replica stops', async () => {
    const replica = await start(app.databaseUrl);
    server.treatment = 'hold';
    await write();
    void deliver(replica);
    await eventually(() => expect(server.begun).toBe(1));
    setTimeout(() => server.goOn(), 200);
    await replica.close();
    expect(await row()).toMatchObject({ sentAt: expect.any(Date) });
  });

  it('keeps no request waiting while the server hangs in the middle of a mail', async () => {
    const signUp = (email: string) =>
      app.post('/users', { email, password: 'correct horse battery' }).then(({ status }) => status);
    await signUp('first@example.com');
    await eventually(() => expect(server.mails).toHaveLength(1));
    server.treatment = 'hold';
    for (const who of ['bob', 'cleo', 'dan']) expect(await signUp(`${who}@example.com`)).toBe(202);
    await eventually(() => expect(server.begun).toBeGreaterThan(1));
    const begun = performance.now();
    expect(await signUp('eve@example.com')).toBe(202);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
