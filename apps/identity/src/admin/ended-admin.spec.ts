import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntityManager } from 'typeorm';
import { User } from '../accounts/user.entity.js';
import { ApiKey } from '../clients/api-keys/api-key.entity.js';
import { Session } from '../sessions/session.entity.js';
import { type AdminCall, adminOf } from '../testing/admin.js';
import { createApiKey, exchangeApiKey } from '../testing/api.keys.js';
import { ADMIN, claimsOf, userToken } from '../testing/credentials.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';

const NEWCOMER = { email: 'accomplice@example.com', roles: ['admin'] };
const CLIENT = { id: 'accomplice', scopes: ['articles:read'], audiences: ['gatehouse'] };

// As another replica ended it: nothing has told this one, whose guard still takes the token.
describe.each(testDatabases())(
  'what an admin does in a session that has ended elsewhere, on $name',
  (database) => {
    let app: IdentityTestApp;
    beforeAll(async () => {
      app = await createIdentityTestApp({ database });
      await (
        await adminOf(app)
      )('POST', '/clients', { ...CLIENT, id: 'orders' });
    });
    afterAll(() => app.close());

    const elsewhere = (work: (manager: EntityManager) => Promise<unknown>) =>
      app.get(Database).transaction(work);
    const statusesOf = async (admin: AdminCall) => {
      const answers = [
        await admin('POST', '/users', NEWCOMER),
        await admin('PATCH', '/users/usr_demo_reader', { roles: ['admin'] }),
        await admin('POST', '/clients', CLIENT),
        await admin('POST', '/clients/orders/secrets'),
        await admin('PATCH', '/clients/orders', { scopes: ['articles:read', 'token:exchange'] }),
        await admin('DELETE', '/clients/orders'),
      ];
      return answers.map(({ status }) => status);
    };

    it('is refused, and leaves nobody who could go on', async () => {
      const token = await userToken(app, ADMIN);
      const { sid } = claimsOf(token) as { sid: string };
      await elsewhere((manager) => manager.update(Session, { id: sid }, { endedAt: new Date() }));
      expect(new Set(await statusesOf(await adminOf(app, token)))).toEqual(new Set([401]));
      const { manager } = app.get(Database);
      expect(await manager.findOneBy(User, { email: NEWCOMER.email })).toBeNull();
    });

    it('is refused with an API key too', async () => {
      const { id, key } = await createApiKey(
        app,
        { name: 'ops', scopes: ['admin'] },
        await userToken(app, ADMIN),
      );
      const { body } = await exchangeApiKey(app, key);
      const admin = await adminOf(app, body.access_token);
      expect((await admin('POST', '/users', { email: 'fine@example.com', roles: [] })).status).toBe(201);
      await elsewhere((manager) => manager.update(ApiKey, { id }, { endedAt: new Date() }));
      expect(new Set(await statusesOf(admin))).toEqual(new Set([401]));
    });

    it('is refused to who is an admin no longer', async () => {
      const admin = await adminOf(app);
      await elsewhere((manager) => manager.update(User, { id: 'usr_demo_admin' }, { roles: [] }));
      expect(new Set(await statusesOf(admin))).toEqual(new Set([403]));
    });
  },
);
