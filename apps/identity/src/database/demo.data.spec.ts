import { DEMO_READER_ID } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { describe, expect, it } from 'vitest';
import { User } from '../accounts/user.entity.js';
import { ClientSecret } from '../clients/client-secret.entity.js';
import { ADMIN, basic, READER, userToken } from '../testing/credentials.js';
import { createIdentityTestApp } from '../testing/identity.test-app.js';
import { DEMO_CLIENTS, DEMO_USERS } from './demo.accounts.js';

describe.each(testDatabases())('demo data on $name', (database) => {
  it('stays as it is when identity starts again, also as several replicas at once', async () => {
    const { databaseUrl, ...app } = await createIdentityTestApp({ database });
    const users = app.get(Database);
    await users.transaction((manager) => manager.update(User, { id: DEMO_READER_ID }, { locale: 'fr' }));
    const replicas = await Promise.all([1, 2, 3].map(() => createIdentityTestApp({ databaseUrl })));
    const [reader, count, secrets] = [
      await users.manager.findOneByOrFail(User, { id: DEMO_READER_ID }),
      await users.manager.count(User),
      await users.manager.count(ClientSecret),
    ];
    await Promise.all(replicas.map((replica) => replica.close()));
    await app.close();
    expect([reader.locale, count, secrets]).toEqual(['fr', DEMO_USERS.length, DEMO_CLIENTS.length]);
  });

  it('does not exist where it is not wanted', async () => {
    const app = await createIdentityTestApp({ database, environment: { DEMO_DATA: 'off' } });
    const count = await app.get(Database).manager.count(User);
    await app.close();
    expect(count).toBe(0);
  });

  it('that an earlier start left opens nothing where it is not wanted, and comes back where it is', async () => {
    const app = await createIdentityTestApp({ database });
    const { databaseUrl } = app;
    const token = await userToken(app);
    const doorsOf = async (environment: Record<string, string>) => {
      const other = await createIdentityTestApp({ databaseUrl, environment });
      const signIns = [READER, ADMIN].map((user) => other.post('/user_token', { auth: user }));
      const login = other.form('/oauth/token', { grant_type: 'client_credentials' }, basic());
      const me = other.fetch('/current_user', { headers: { authorization: `Bearer ${token}` } });
      const answers = await Promise.all([...signIns, login, me]);
      await other.close();
      return answers.map(({ status }) => status);
    };
    const closed = await doorsOf({ DEMO_DATA: 'off' });
    const open = await doorsOf({});
    await app.close();
    expect(closed).toEqual([401, 401, 401, 401]);
    expect(open.slice(0, 3)).toEqual([201, 201, 200]);
  });
});
