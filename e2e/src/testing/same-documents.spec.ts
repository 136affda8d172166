import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../harness/http.js';
import type { ComparedIdentity } from './compared.identity.js';
import { exchange, readFeed } from './feed.reading.js';
import { startIdentityForTests } from './identity.for-tests.js';
import { startRealIdentity } from './real.identity.js';
import { partsOf, shapeOf } from './token.parts.js';

/** What guards and clients go by; the rest of the metadata is about doors that suites have no use for. */
const METADATA = ['issuer', 'jwks_uri', 'token_endpoint', 'response_types_supported'];

describe('TestIdentity says what identity says, but for the values', () => {
  let real: ComparedIdentity;
  let forTests: ComparedIdentity;
  /** Asks both, and gives the answer of the one for tests to be compared with the real one's. */
  const both = async <T>(
    ask: (identity: ComparedIdentity) => Promise<T>,
  ): Promise<[forTests: T, real: T]> => [await ask(forTests), await ask(real)];

  beforeAll(async () => {
    [forTests, real] = await Promise.all([startIdentityForTests(), startRealIdentity()]);
  });
  afterAll(() => Promise.all([forTests?.stop(), real?.stop()]));

  it.each(['userToken', 'adminToken', 'serviceToken', 'browserToken', 'tokenForElsewhere'] as const)(
    'in the header and the claims of a %s',
    async (kind) => {
      const [one, other] = await both(async (identity) => partsOf(await identity[kind]()));
      expect(shapeOf(one)).toEqual(shapeOf(other));
      const { alg, typ } = one.header;
      expect({ alg, typ }).toEqual({ alg: other.header['alg'], typ: other.header['typ'] });
      for (const claim of ['sub', 'aud', 'roles']) expect(one.claims[claim]).toEqual(other.claims[claim]);
    },
  );

  it('in the answer to an API key, and in its token', async () => {
    const [one, other] = await both(async (identity) => {
      const answer = await exchange(identity.issuer, await identity.apiKey());
      const body = (await answer.json()) as { access_token: string; scope: string; expires_in: number };
      const { claims } = partsOf(body.access_token);
      const { scope, expires_in } = body;
      const told = { status: answer.status, caching: answer.headers.get('cache-control'), scope, expires_in };
      const { sub, act, client_id } = claims;
      return { ...told, sub, act, client_id, body: shapeOf(body), claims: shapeOf(claims) };
    });
    expect(one).toEqual(other);
  });

  it('to a key that is not good, and to a client that does not say who it is', async () => {
    const [one, other] = await both(async ({ issuer }) => {
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      const nobody = await fetch(`${issuer}/oauth/token`, { method: 'POST', body });
      const bad = await exchange(issuer, 'ghk_nobody-has-this-key');
      const challenged = nobody.headers.get('www-authenticate');
      return [nobody.status, await nobody.json(), challenged, bad.status, await bad.json()];
    });
    expect(one).toEqual(other);
  });

  it('in the members of its keys', async () => {
    const [one, other] = await both(async ({ issuer }) => {
      const answer = await send(`${issuer}/.well-known/jwks.json`);
      const { status, headers } = answer;
      return [status, shapeOf(answer.json()), headers['cache-control']?.replace(/\d+/, 'n')];
    });
    expect(one).toEqual(other);
  });

  it('in the metadata that guards go by', async () => {
    const [one, other] = await both(async ({ issuer }) => {
      const { text } = await send(`${issuer}/.well-known/oauth-authorization-server`);
      const members = JSON.parse(text.replaceAll(issuer, 'https://issuer.example')) as Record<
        string,
        unknown
      >;
      return METADATA.map((name) => members[name]);
    });
    expect(one).toEqual(other);
  });

  it('in the snapshot of what has ended', async () => {
    const [one, other] = await both(async (identity) => {
      const bearer = await identity.serviceToken();
      await identity.endApiKey(await identity.apiKey());
      const headers = { 'accept-encoding': 'identity' };
      const plain = await send(`${identity.issuer}/revocations/snapshot`, { bearer, headers });
      const zipped = await send(`${identity.issuer}/revocations/snapshot`, {
        bearer,
        headers: { 'accept-encoding': 'gzip' },
      });
      return [plain, zipped].map(({ status, headers: told, text }) => ({
        status,
        caching: [told['cache-control'], told.vary, told['content-type'], told['content-encoding']],
        ...(!told['content-encoding'] && { body: shapeOf(JSON.parse(text)) }),
      }));
    });
    expect(one).toEqual(other);
  });

  it.each([
    ['the feed', ''],
    ['its snapshot', '/snapshot'],
  ])('to who may not have %s', async (_, path) => {
    const [one, other] = await both(async (identity) => {
      const url = `${identity.issuer}/revocations${path}`;
      const bearers = [undefined, 'garbage', await identity.userToken()];
      const answers = await Promise.all(bearers.map((bearer) => send(url, bearer ? { bearer } : {})));
      return answers.map((answer) => {
        const { status, headers } = answer;
        const { code, detail } = answer.json();
        const challenge = headers['www-authenticate']?.replaceAll(identity.issuer, 'https://issuer.example');
        return [status, headers['content-type'], challenge, code, detail];
      });
    });
    expect(one).toEqual(other);
  });

  it('in the frames of the feed', { timeout: 60_000 }, async () => {
    const [one, other] = await both(async (identity) => {
      const bearer = await identity.serviceToken();
      const { position } = (await send(`${identity.issuer}/revocations/snapshot`, { bearer })).json();
      await identity.endToken(await identity.userToken());
      await identity.endSessionOf(await identity.userToken());
      await identity.endApiKey(await identity.apiKey());
      const unknown = await readFeed(identity.issuer, bearer, '1');
      return [await readFeed(identity.issuer, bearer, String(position)), unknown];
    });
    expect(one).toEqual(other);
  });
});
