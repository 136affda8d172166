import { TestIdentity } from '@gatehouse/testing';
import { partsOf } from './token.parts.js';
import type { ComparedIdentity } from './compared.identity.js';

const USER = 'usr_demo_reader';

/** The identity that suites use, asked as the README of `libs/testing` tells them to. */
export async function startIdentityForTests(): Promise<ComparedIdentity> {
  const identity = await TestIdentity.start();
  const told = <T>(what: () => T): Promise<T> => Promise.resolve(what());
  return {
    issuer: identity.issuer,
    userToken: () => told(() => identity.tokenFor({ sub: USER })),
    adminToken: () => told(() => identity.tokenFor({ sub: 'usr_demo_admin', roles: ['admin'] })),
    serviceToken: () => told(() => identity.tokenFor({ kind: 'service' })),
    browserToken: () => told(() => identity.tokenFor({ sub: USER, csrf_token: 'a value' })),
    tokenForElsewhere: () =>
      told(() => identity.tokenFor({ kind: 'service', sub: 'traveller', aud: ['elsewhere'] })),
    apiKey: () => told(() => identity.apiKeyFor({ sub: USER, scope: 'articles:read' })),
    endSessionOf: (token) =>
      told(() => identity.revoke({ kind: 'session', id: String(partsOf(token).claims['sid']) })),
    endToken: (token) => told(() => identity.revoke(token)),
    endApiKey: (key) => told(() => identity.endApiKey(key)),
    endUser: () => told(() => identity.revoke({ kind: 'subject', id: USER })),
    rotateKeys: () => told(() => identity.rotateKeys()),
    stop: () => identity.close(),
  };
}
