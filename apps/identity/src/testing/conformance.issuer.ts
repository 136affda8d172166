import { createPublicKey, sign } from 'node:crypto';
import { Database } from '@gatehouse/service-kit';
import type { ConformanceIssuer } from '@gatehouse/testing';
import { KeyRing } from '../keys/key.ring.js';
import { type NewRevocation, RevocationLog } from '../revocation/revocation.log.js';
import { createApiKey } from './api.keys.js';
import { userToken } from './credentials.js';
import type { IdentityTestApp } from './identity.test-app.js';

/** An hour from now. */
const later = (): Date => new Date(Date.now() + 3_600_000);

/** Identity takes its own tokens alone: what the conformance kit sends it is signed with the keys of its database. */
export function conformanceIssuer(app: IdentityTestApp): ConformanceIssuer {
  const { kid, algorithm, privateKey } = app.get(KeyRing).current();
  const keyIds = new Map<string, string>();
  const record = (revocation: NewRevocation) =>
    app.get(Database).transaction((manager) => app.get(RevocationLog).record(manager, revocation));
  return {
    issuer: app.config.issuer,
    audience: app.config.audience,
    algorithm,
    kid,
    publicKey: createPublicKey(privateKey),
    signatureOf: (signingInput) =>
      sign('sha256', Buffer.from(signingInput), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      ),
    revoke: ({ kind, id, before = 0 }) =>
      kind === 'subject' || kind === 'client'
        ? record({ kind, id, expiresAt: later(), before: new Date(before * 1_000) })
        : record({ kind, id, expiresAt: later() }),
    // Of the demo reader, whoever the kit says: the profile names no other user who has keys.
    apiKeyFor: async ({ scope }) => {
      const { id, key } = await createApiKey(app, { scopes: scope.split(' ') });
      keyIds.set(key, id);
      return key;
    },
    endApiKey: async (key) => {
      const headers = { authorization: `Bearer ${await userToken(app)}` };
      await app.fetch(`/me/api_keys/${keyIds.get(key)}`, { method: 'DELETE', headers });
    },
  };
}
