import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { READER } from '../testing/credentials.js';
import { AuditEvent } from './audit-event.entity.js';
import { AuditTrail } from './audit.trail.js';

describe.each(testDatabases())('the audit trail on $name', (database) => {
  let app: IdentityTestApp;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
  });
  afterAll(() => app.close());

  it('tells who, what, when, from where, with what outcome, in which request', async () => {
    const headers = { 'x-request-id': 'a-request', 'user-agent': 'a browser' };
    await app.post('/user_token', { auth: READER }, headers);
    const event = await app.get(Database).manager.findOneByOrFail(AuditEvent, { requestId: 'a-request' });
    expect(event).toMatchObject({
      type: 'user.sign_in',
      outcome: 'success',
      actorId: 'usr_demo_reader',
      subjectId: 'usr_demo_reader',
      details: { client_id: 'gatehouse:knock', session_id: expect.stringMatching(/^ses_/) },
      address: '127.0.0.1',
      device: 'a browser',
    });
    expect(Math.abs(event.createdAt.getTime() - Date.now())).toBeLessThan(5_000);
  });

  it('keeps nothing of what did not happen', async () => {
    const failing = app.get(Database).transaction(async (manager) => {
      await app.get(AuditTrail).record(manager, { type: 'token.revocation', subjectId: 'nothing' });
      throw new Error('it did not happen');
    });
    await expect(failing).rejects.toThrow('it did not happen');
    expect(await app.get(Database).manager.countBy(AuditEvent, { subjectId: 'nothing' })).toBe(0);
  });
});
