import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminOf, type AdminCall } from '../testing/admin.js';
import { READER } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

describe.each(testDatabases())('/admin/audit_events on $name', (database) => {
  let app: IdentityTestApp;
  let admin: AdminCall;
  beforeAll(async () => {
    app = await createIdentityTestApp({ database });
    admin = await adminOf(app);
    for (const password of ['wrong', READER.password, 'wrong again'])
      await app.post('/user_token', { auth: { ...READER, password } }, { 'user-agent': 'a browser' });
  });
  afterAll(() => app.close());

  const list = async (query: string) => (await admin('GET', `/audit_events?${query}`)).body;

  it('shows the latest first, with all there is to know', async () => {
    const [latest, ...earlier] = await list('subject=usr_demo_reader');
    expect(latest).toEqual({
      id: expect.stringMatching(/^evt_/),
      type: 'user.sign_in',
      outcome: 'failure',
      actor_id: null,
      subject_id: 'usr_demo_reader',
      details: { client_id: 'gatehouse:knock', reason: 'invalid_credentials' },
      address: '127.0.0.1',
      device: 'a browser',
      request_id: expect.any(String),
      created_at: expect.any(String),
    });
    expect(earlier.map(({ outcome }) => outcome)).toEqual(['success', 'failure']);
  });

  it('finds by type, subject and time, and by all of them', async () => {
    expect(await list('type=user.sign_up')).toEqual([]);
    expect(await list('type=user.sign_in&subject=usr_demo_admin')).toHaveLength(1);
    const [latest, middle] = await list('subject=usr_demo_reader');
    const since = encodeURIComponent(String(middle!['created_at']));
    const found = await list(`type=user.sign_in&subject=usr_demo_reader&since=${since}`);
    expect(found.slice(0, 2)).toEqual([latest, middle]);
    expect(await list('since=2100-01-01T00:00:00Z')).toEqual([]);
    expect(await list('since=1900-01-01T00:00:00Z')).not.toEqual([]);
  });

  it('pages towards the earlier ones', async () => {
    const all = await list('subject=usr_demo_reader');
    const { body, headers } = await admin('GET', '/audit_events?subject=usr_demo_reader&limit=2');
    const next = `</admin/audit_events?subject=usr_demo_reader&limit=2&after=${String(body[1]!['id'])}>`;
    expect([body, headers.get('link')]).toEqual([all.slice(0, 2), `${next}; rel="next"`]);
    const last = await admin('GET', next.slice('</admin'.length, -1));
    expect([last.body, last.headers.get('link')]).toEqual([all.slice(2), null]);
  });

  it('refuses what is no query', async () => {
    for (const query of ['since=yesterday', 'limit=101', 'type=', 'subject=', 'after=abc'])
      expect((await admin('GET', `/audit_events?${query}`)).status).toBe(400);
  });
});
