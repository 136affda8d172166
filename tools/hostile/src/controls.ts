import { Credentials } from './credentials.ts';
import { type Answer, type Outgoing, send } from './outgoing.ts';
import { ask as askAt, linkTo } from './people.ts';
import type { Service } from './services.ts';

/** What a control may use to prepare itself. */
interface Stage {
  readonly credentials: Credentials;
  /** Asks identity as the admin, and reads JSON. */
  readonly ask: (method: string, target: string, body?: object) => Promise<Record<string, unknown>>;
  /** An article of the admin's. */
  readonly article: () => Promise<number>;
  /** A person who has just signed up and confirmed. */
  readonly newcomer: () => Promise<{ email: string; password: string }>;
  /** The token of the link that was mailed last to an address. */
  readonly mailed: (email: string) => Promise<string>;
}

type Control = (stage: Stage) => Promise<Partial<Outgoing>> | Partial<Outgoing>;

const ADMIN = { email: 'admin@example.com', password: 'opensesame-admin-please' };
const CLIENT = { client_id: 'consumer', client_secret: 'consumer-secret-for-development' };
const plain: Control = () => ({});
const body =
  (value: object): Control =>
  () => ({ body: value });
const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

let made = 0;
const fresh = (what: string): string => `${what}-${process.pid}-${(made += 1)}`;
const email = (): string => `${fresh('control')}@example.com`;

/** A session of its own, since what is asked ends it. */
const inOwnSession: Control = async ({ credentials }) => as(await credentials.signIn());
const withRefreshToken =
  (more: object): Control =>
  async ({ credentials }) => ({ body: { ...more, refresh_token: (await credentials.open()).refresh_token } });
const invited = async ({ ask }: Stage): Promise<string> =>
  String((await ask('POST', '/admin/users', { email: email(), roles: [] }))['id']);
const registered = async ({ ask }: Stage): Promise<string> => {
  const id = fresh('control');
  await ask('POST', '/admin/clients', { id, scopes: ['articles:read'], audiences: [] });
  return id;
};
const atUser =
  (suffix = '', value?: object): Control =>
  async (stage) => ({
    target: `/admin/users/${await invited(stage)}${suffix}`,
    ...(value && { body: value }),
  });
const atClient =
  (suffix = '', value?: object): Control =>
  async (stage) => ({
    target: `/admin/clients/${await registered(stage)}${suffix}`,
    ...(value && { body: value }),
  });
/** One of its own: any that was there before may be deleted meanwhile. */
const atArticle =
  (value?: object): Control =>
  async ({ article }) => ({ target: `/articles/${await article()}`, ...(value && { body: value }) });

/** A request that every route accepts, so that a refusal of all there is could not pass for safety. */
const CONTROLS: Readonly<Record<string, Control>> = {
  'identity POST /users': () => ({ body: { email: email(), password: fresh('a long enough passphrase') } }),
  'identity GET /confirmation': () => ({ target: '/confirmation?token=any' }),
  'identity POST /confirmation': async ({ ask, mailed }) => {
    const address = email();
    await ask('POST', '/users', { email: address, password: fresh('a long enough passphrase') });
    return { body: { token: await mailed(address) } };
  },
  'identity POST /confirmation/resend': () => ({ body: { email: email() } }),
  'identity POST /password_resets': () => ({ body: { email: email() } }),
  'identity GET /password_resets': () => ({ target: '/password_resets?token=any' }),
  'identity PUT /password_resets': async ({ ask, mailed }) => {
    const address = email();
    await ask('POST', '/admin/users', { email: address, roles: [] });
    return { body: { token: await mailed(address), password: fresh('another long passphrase') } };
  },
  'identity PATCH /me': body({ locale: 'fr' }),
  'identity DELETE /me': async ({ newcomer, credentials }) => {
    const person = await newcomer();
    return { ...as(await credentials.signIn(person)), body: { password: person.password } };
  },
  'identity POST /me/password': async ({ newcomer, credentials }) => {
    const person = await newcomer();
    const change = { current_password: person.password, password: fresh('a changed passphrase') };
    return { ...as(await credentials.signIn(person)), body: change };
  },
  'identity POST /me/api_keys': body({ name: 'control', scopes: ['articles:read'] }),
  'identity DELETE /me/api_keys/{id}': async ({ ask }) => {
    const { id } = await ask('POST', '/me/api_keys', { name: 'control', scopes: ['articles:read'] });
    return { target: `/me/api_keys/${String(id)}` };
  },
  'identity DELETE /me/sessions': inOwnSession,
  'identity DELETE /me/sessions/{id}': async ({ credentials }) => {
    const token = await credentials.signIn();
    const { sid } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string };
    return { target: `/me/sessions/${sid}`, ...as(token) };
  },
  'identity POST /oauth/token': body({ grant_type: 'client_credentials', ...CLIENT }),
  'identity POST /oauth/revoke': body({ token: 'one that nobody knows' }),
  'identity POST /oauth/introspect': body({ token: 'one that nobody knows', ...CLIENT }),
  'identity POST /user_token': body({ auth: ADMIN }),
  'identity POST /api/v1/login': body({ ...ADMIN, grant_type: 'password' }),
  'identity POST /api/v1/refresh': withRefreshToken({ grant_type: 'refresh_token' }),
  'identity POST /api/v1/logout': inOwnSession,
  'identity POST /api/users': body({ user: ADMIN }),
  'identity DELETE /api/users': inOwnSession,
  'identity POST /sessions': body(ADMIN),
  'identity DELETE /sessions': inOwnSession,
  'identity POST /admin/users': () => ({ body: { email: email(), roles: [] } }),
  'identity GET /admin/users/{id}': atUser(),
  'identity PATCH /admin/users/{id}': atUser('', { locale: 'de' }),
  'identity DELETE /admin/users/{id}': atUser(),
  'identity POST /admin/users/{id}/unlock': atUser('/unlock'),
  'identity POST /admin/users/{id}/require_password_reset': atUser('/require_password_reset'),
  'identity GET /admin/users/{id}/sessions': atUser('/sessions'),
  'identity DELETE /admin/users/{id}/sessions': atUser('/sessions'),
  'identity POST /admin/clients': () => ({
    body: { id: fresh('control'), scopes: ['articles:read'], audiences: [] },
  }),
  'identity PATCH /admin/clients/{id}': atClient('', { scopes: ['articles:read'] }),
  'identity POST /admin/clients/{id}/secrets': atClient('/secrets'),
  'identity DELETE /admin/clients/{id}': atClient(),
  'identity POST /admin/keys/{kid}/retire': async ({ ask }) => {
    await ask('POST', '/admin/keys');
    const keys = (await ask('GET', '/admin/keys')) as unknown as { kid: string; state: string }[];
    const spare = keys.find(({ state }) => state !== 'active' && state !== 'retired');
    return { target: `/admin/keys/${spare?.kid}/retire` };
  },
  'articles GET /articles/{id}': atArticle(),
  'articles POST /articles': body({ title: 'a control', body: 'its body' }),
  'articles PATCH /articles/{id}': atArticle({ title: 'a changed control' }),
  'articles DELETE /articles/{id}': atArticle(),
  'articles GET /api/articles': async ({ ask, credentials }) => {
    const { key } = await ask('POST', '/me/api_keys', { name: 'control', scopes: ['articles:read'] });
    return { headers: { ApiKey: String(key), ...as(await credentials.signIn()).headers } };
  },
};

/** What is sent to a route to see that it still takes what is good. */
export class Controls {
  readonly #stage: Stage;

  constructor(services: readonly Service[]) {
    const identity = services.find(({ name }) => name === 'identity')!;
    const articles = services.find(({ name }) => name === 'articles')!;
    const credentials = new Credentials(identity);
    const ask = async (method: string, target: string, value?: object) =>
      askAt(identity, method, target, value, await credentials.signIn());
    const article = async () => {
      const draft = { title: 'a control', body: 'its body' };
      return Number((await askAt(articles, 'POST', '/articles', draft, await credentials.signIn()))['id']);
    };
    const mailed = (address: string) => linkTo(identity, address);
    const newcomer = async () => {
      const person = { email: email(), password: fresh('a long enough passphrase') };
      await ask('POST', '/users', person);
      await ask('POST', '/confirmation', { token: await mailed(person.email) });
      return person;
    };
    this.#stage = { credentials, ask, article, newcomer, mailed };
  }

  /** What the route says to a good request. */
  async answerOf(route: { service: Service; method: string; path: string }): Promise<Answer | undefined> {
    const { service, method, path } = route;
    const control = CONTROLS[`${service.name} ${method} ${path}`] ?? plain;
    const own = await control(this.#stage);
    this.#stage.credentials.forget();
    const { headers } = as(await this.#stage.credentials.tokenFor(route));
    return send(service.url, { method, target: path.replace(/\{[^}]+\}/g, '1'), headers, ...own });
  }
}
