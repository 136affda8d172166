import { testDatabases } from '@gatehouse/service-kit/testing';
import { freePort } from '@gatehouse/workspace';
import { createApiKey } from '../doors/api.key.js';
import { browserSession } from '../doors/browser.session.js';
import { type Answer, send } from '../harness/http.js';
import { ADMIN, grant, READER, sendForm, tokenFor } from '../harness/sign-in.js';
import { runApp } from '../harness/workspace.command.js';
import { CLIENT, type ComparedIdentity } from './compared.identity.js';
import { partsOf } from './token.parts.js';
import { untilReady } from './until.ready.js';

/** The built identity, a process of its own, asked at its doors. */
export async function startRealIdentity(): Promise<ComparedIdentity> {
  const database = await testDatabases()[0]!.create();
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  // The next key signs as soon as it is told to: guards here have long seen it.
  const env = {
    KEY_PUBLICATION_LEAD: '0s',
    PORT: String(port),
    PUBLIC_URL: issuer,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'warn',
  };
  const running = runApp('identity', { ...env, LOGIN_LIMITS: 'off' });
  await untilReady(issuer);
  return {
    issuer,
    ...tokensOf(issuer),
    ...endingsOf(issuer),
    stop: async () => {
      running.signal('SIGTERM');
      await running.ended;
      await database.drop();
    },
  };
}

type Tokens = Pick<
  ComparedIdentity,
  'userToken' | 'adminToken' | 'serviceToken' | 'browserToken' | 'tokenForElsewhere' | 'apiKey'
>;

function tokensOf(issuer: string): Tokens {
  const ofClient = async (client: readonly [string, string], more: Record<string, string> = {}) => {
    const answer = await grant(issuer, { grant_type: 'client_credentials', ...more }, client);
    return accepted(answer).json<{ access_token: string }>().access_token;
  };
  return {
    userToken: () => tokenFor(issuer, READER),
    adminToken: () => tokenFor(issuer, ADMIN),
    serviceToken: () => ofClient(CLIENT),
    browserToken: async () => (await browserSession(issuer)).token,
    tokenForElsewhere: async () => {
      const body = { id: 'traveller', scopes: ['articles:read'], audiences: ['elsewhere'] };
      const bearer = await tokenFor(issuer, ADMIN);
      const answer = accepted(await send(`${issuer}/admin/clients`, { method: 'POST', bearer, body }));
      return ofClient([body.id, answer.json<{ secret: string }>().secret], { resource: 'elsewhere' });
    },
    apiKey: async () => (await createApiKey(issuer, await tokenFor(issuer, READER), ['articles:read'])).key,
  };
}

type Endings = Pick<ComparedIdentity, 'endSessionOf' | 'endToken' | 'endApiKey' | 'endUser' | 'rotateKeys'>;

function endingsOf(issuer: string): Endings {
  const change = async (method: string, path: string, bearer: string, body?: object) =>
    accepted(await send(`${issuer}${path}`, { method, bearer, ...(body && { body }) }));
  return {
    endSessionOf: (token) => change('POST', '/api/v1/logout', token),
    endToken: async (token) => accepted(await sendForm(`${issuer}/oauth/revoke`, { token })),
    endApiKey: async (key) => {
      const bearer = await tokenFor(issuer, READER);
      const keys = await change('GET', '/me/api_keys', bearer);
      const { id } = keys
        .json<{ id: string; prefix: string }[]>()
        .find(({ prefix }) => key.startsWith(prefix))!;
      return change('DELETE', `/me/api_keys/${id}`, bearer);
    },
    endUser: async () => {
      const { claims } = partsOf(await tokenFor(issuer, READER));
      const admin = await tokenFor(issuer, ADMIN);
      return change('PATCH', `/admin/users/${String(claims['sub'])}`, admin, { disabled: true });
    },
    rotateKeys: async () => change('POST', '/admin/keys', await tokenFor(issuer, ADMIN)),
  };
}

function accepted(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`identity answered ${answer.status} ${answer.text}`);
  return answer;
}
