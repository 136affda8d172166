import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { describe, expect, it } from 'vitest';
import { Clients } from '../clients/clients.service.js';
import { KeyRing } from '../keys/key.ring.js';
import { READER, userToken } from '../testing/credentials.js';
import { createIdentityTestApp } from '../testing/identity.test-app.js';
import { openRenewableSession, refresh } from '../testing/renewable.session.js';
import { ENTITIES } from './schema.js';

describe.each(testDatabases())('at rest on $name', (database) => {
  it('lies no password, token, client secret or private key', async () => {
    const app = await createIdentityTestApp({ database });
    const jwt = await userToken(app);
    const { accessToken, refreshToken } = await openRenewableSession(app);
    const { body } = await refresh(app, refreshToken);
    const registration = { id: 'a-service', scopes: [], audiences: [] };
    const clientSecret = await app.get(Clients).register(registration, { actorId: null });
    await app.post('/user_token', { auth: { ...READER, password: 'a mistyped password' } });
    await app.post('/user_token', { auth: { email: 'a password in the wrong field', password: 'x' } });
    const { privateKey } = app.get(KeyRing).current();
    const { manager } = app.get(Database);
    const rows = await Promise.all(ENTITIES.map((entity) => manager.find<object>(entity)));
    const everything = JSON.stringify(rows);
    await app.close();

    const privateMember = privateKey.export({ format: 'jwk' }).d!;
    const secrets = [READER.password, 'a mistyped password', 'a password in the wrong field', clientSecret];
    const tokens = [jwt, accessToken, refreshToken, body['access_token']!, body['refresh_token']!];
    for (const secret of [...secrets, ...tokens, privateMember]) {
      expect(secret.length).toBeGreaterThan(10);
      expect(everything).not.toContain(secret);
    }
  });
});
