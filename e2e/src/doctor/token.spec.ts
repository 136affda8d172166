import { explain, questionOf, type Reason, setupOf } from '@gatehouse/doctor';
import { TestIdentity } from '@gatehouse/testing';
import { freePort, table } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../harness/http.js';
import { ADMIN, READER, sendForm, signIn, tokenFor } from '../harness/sign-in.js';
import { DoctorsScene } from './doctors.scene.js';
import { holdPort, stranger } from './setup.fault.js';

interface Asked {
  readonly token: string;
  readonly service: string;
  readonly path?: string;
  readonly method?: string;
  readonly cookie?: boolean;
}

describe('the doctor, asked about a token', () => {
  const rows: string[][] = [];
  let house: DoctorsScene;
  /** A service whose issuer signs whatever a test wants. */
  let forged: DoctorsScene;
  let issuer: TestIdentity;
  const identity = () => house.url('identity');
  const articles = () => house.url('articles');

  beforeAll(async () => {
    house = await DoctorsScene.create();
    await house.startAll();
    issuer = await TestIdentity.start();
    forged = await DoctorsScene.create();
    forged.env['ARTICLES_ISSUER'] = issuer.issuer;
    forged.env['ARTICLES_IDENTITY_URL'] = issuer.issuer;
    await forged.start('articles');
    await forged.ready('articles');
  });
  afterAll(async () => {
    console.log(`\n${table(['token', 'reason', 'cause'], rows)}\n`);
    await Promise.all([house.close(), forged.close()]);
    await issuer.close();
  });

  const ofForged = (...wanted: Parameters<TestIdentity['tokenFor']>): Asked => ({
    token: issuer.tokenFor(...wanted),
    service: forged.url('articles'),
  });
  const revoke = async (token: string) => {
    await sendForm(`${identity()}/oauth/revoke`, { token });
    return token;
  };
  const loggedOut = async () => {
    const { access_token: bearer } = await signIn(identity(), READER);
    await send(`${identity()}/api/v1/logout`, { method: 'POST', bearer });
    return bearer;
  };
  const signedByRetiredKey = async () => {
    const token = await tokenFor(identity(), READER);
    const { kid } = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string };
    const bearer = await tokenFor(identity(), ADMIN);
    const { status } = await send(`${identity()}/admin/keys/${kid}/retire`, { method: 'POST', bearer });
    if (status >= 300) throw new Error(`retiring a key was answered ${status}`);
    return token;
  };
  const hour = () => Math.floor(Date.now() / 1_000) + 3_600;
  const reader = () => tokenFor(identity(), READER);

  const CASES: readonly [what: string, Reason, () => Promise<Asked> | Asked][] = [
    ['a good one', 'accepted', async () => ({ token: await reader(), service: articles() })],
    [
      'a good one at the consumer',
      'accepted',
      async () => ({ token: await reader(), service: house.url('consumer') }),
    ],
    ['a whole header', 'accepted', async () => ({ token: `Bearer ${await reader()}`, service: articles() })],
    [
      'a refresh token',
      'not-an-access-token',
      async () => ({ token: (await signIn(identity(), READER)).refresh_token, service: articles() }),
    ],
    ['cut short', 'malformed', async () => ({ token: (await reader()).slice(0, -90), service: articles() })],
    [
      'two parts of three',
      'malformed',
      async () => ({ token: (await reader()).split('.').slice(0, 2).join('.'), service: articles() }),
    ],
    ['an ID token', 'wrong-type', () => ofForged({}, { header: { typ: 'JWT' } })],
    ['of another issuer', 'wrong-issuer', () => ({ token: issuer.tokenFor(), service: articles() })],
    ['of a key that nobody publishes', 'unknown-key', () => ofForged({}, { header: { kid: 'nobodys' } })],
    [
      'changed after it was signed',
      'bad-signature',
      () => ({ ...ofForged(), token: tampered(issuer.tokenFor()) }),
    ],
    ['for another service', 'wrong-audience', () => ofForged({ aud: ['other-api'] })],
    ['an old one', 'expired', () => ofForged({ iat: 1_700_000_000, exp: 1_700_000_900 })],
    ['one of tomorrow', 'not-yet-valid', () => ofForged({ iat: hour(), exp: hour() + 900 })],
    ['without a claim that it needs', 'malformed', () => ofForged({ jti: undefined })],
    [
      'that was revoked',
      'revoked',
      async () => ({ token: await revoke(await reader()), service: articles() }),
    ],
    [
      'of a session that was logged out',
      'revoked',
      async () => ({ token: await loggedOut(), service: articles() }),
    ],
    [
      'without the scope',
      'missing-scope',
      async () => ({ token: await reader(), service: identity(), path: '/admin/users' }),
    ],
    [
      'in a cookie, without the CSRF value',
      'csrf',
      async () => ({
        token: await browserToken(),
        service: articles(),
        method: 'POST',
        path: '/articles',
        cookie: true,
      }),
    ],
    [
      'where nothing listens',
      'service-away',
      async () => ({ token: await reader(), service: `http://127.0.0.1:${await freePort()}` }),
    ],
    [
      'where no guard is',
      'not-guarded',
      async () => ({ token: await reader(), service: await strangersAddress() }),
    ],
    [
      'of a key that was retired',
      'retired-key',
      async () => ({ token: await signedByRetiredKey(), service: articles() }),
    ],
  ];

  it.each(CASES)('says of %s: %s', async (what, reason, seed) => {
    const asked = await seed();
    const question = questionOf(asked, house.env);
    const scene = asked.service === forged.url('articles') ? forged : house;
    const explanation = await explain(question, await setupOf(scene.env));
    rows.push([what, explanation.reason, explanation.cause]);
    expect(explanation).toMatchObject({ reason });
    for (const part of asked.token.split('.').filter((each) => each.length > 20)) {
      expect(JSON.stringify(explanation)).not.toContain(part);
    }
  });

  it('says that a service has not synced', async () => {
    const alone = await DoctorsScene.create();
    alone.env['ARTICLES_ISSUER'] = issuer.issuer;
    alone.env['ARTICLES_IDENTITY_URL'] = `http://127.0.0.1:${await freePort()}`;
    await alone.start('articles');
    const question = questionOf({ token: issuer.tokenFor(), service: alone.url('articles') }, alone.env);
    const explanation = await explain(question, await setupOf(alone.env));
    await alone.close();
    expect(explanation.reason).toBe('not-synced');
  });

  it.each([
    [{ service: 'http://localhost:3001' }, { NODE_ENV: 'production' }],
    [{ service: 'https://api.example.com' }, {}],
  ])('tells nothing about %o with %o', (place, env) => {
    expect(() => questionOf({ token: 'a.b.c', ...place }, env)).toThrow('outside of production alone');
  });

  async function browserToken(): Promise<string> {
    const answer = await send(`${identity()}/sessions`, { method: 'POST', body: READER });
    return /\bjwt=([^;]+)/.exec(String(answer.headers['set-cookie']))![1]!;
  }

  async function strangersAddress(): Promise<string> {
    const port = await freePort();
    await holdPort(house, port, stranger());
    return `http://127.0.0.1:${port}`;
  }
});

function tampered(token: string): string {
  const [header, payload, signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'admin' })).toString('base64url');
  return [header, changed, signature].join('.');
}
