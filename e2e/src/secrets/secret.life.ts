import type { Gatehouse } from '../harness/gatehouse.js';
import { latestLinkTo } from '../harness/mails.js';
import { setCookiesOf } from '../doors/set-cookies.js';
import { ADMIN } from '../harness/sign-in.js';
import type { CarelessCaller } from './careless.caller.js';
import type { PlantedSecrets } from './planted.secrets.js';

const EMAIL = 'secretive@example.com';

/** An account's whole life, through every door, all of its secrets kept in mind. */
export class SecretLife {
  #password: string;

  constructor(
    private readonly gatehouse: Gatehouse,
    private readonly caller: CarelessCaller,
    private readonly secrets: PlantedSecrets,
  ) {
    this.#password = secrets.make('password');
  }

  async live(): Promise<void> {
    await this.#begin();
    await this.#throughOldDoors();
    await this.#inBrowsers();
    const bearer = await this.#withRefreshTokens();
    await this.#withKeys(bearer);
    await this.#asClient(bearer);
    await this.#changePasswords(bearer);
  }

  async #begin(): Promise<void> {
    await this.#post('/users', { email: EMAIL, password: this.#password });
    await this.#post('/users', { email: EMAIL, password: this.secrets.make('password of a second sign-up') });
    const token = await this.#mailed('/confirmation');
    await this.caller.send(`${this.gatehouse.identity}/confirmation?token=${token}`);
    await this.#post('/confirmation', { token });
    await this.#post('/confirmation', { token });
  }

  async #throughOldDoors(): Promise<void> {
    const credentials = { email: EMAIL, password: this.#password };
    const knock = await this.#post('/user_token', { auth: credentials });
    const devise = await this.#post('/api/users', { user: credentials });
    const doorkeeper = await this.#post('/api/v1/login', { ...credentials, grant_type: 'password' });
    const bearer = this.#kept('knock token', knock['jwt']);
    this.#kept('devise token', devise['token']);
    this.#kept('doorkeeper refresh token', doorkeeper['refresh_token']);
    await this.#post('/api/v1/logout', {}, this.#kept('doorkeeper token', doorkeeper['access_token']));
    for (const service of [this.gatehouse.articles, this.gatehouse.consumer]) {
      await this.caller.send(`${service}/articles?token=${bearer}`, { bearer });
    }
    await this.#post('/user_token', {
      auth: { email: EMAIL, password: this.secrets.make('wrong password') },
    });
  }

  async #inBrowsers(): Promise<void> {
    const body = { email: EMAIL, password: this.#password };
    const answer = await this.caller.send(`${this.gatehouse.identity}/sessions`, { method: 'POST', body });
    const { jwt, 'XSRF-TOKEN': csrf } = setCookiesOf(answer);
    const cookie = `jwt=${this.#kept('cookie', jwt?.value)}`;
    const csrfToken = this.#kept('CSRF value', csrf?.value);
    await this.caller.send(`${this.gatehouse.identity}/current_user`, { headers: { cookie } });
    for (const value of [this.secrets.make('wrong CSRF value'), csrfToken]) {
      const headers = { cookie, 'x-csrf-token': value };
      await this.caller.send(`${this.gatehouse.identity}/sessions`, { method: 'DELETE', headers });
    }
  }

  /** Among them a theft: a spent one comes again, and the session ends. */
  async #withRefreshTokens(): Promise<string> {
    const first = await this.#signIn();
    const spent = this.#kept('refresh token', first['refresh_token']);
    let refresh = spent;
    for (const turn of [1, 2]) {
      const renewed = await this.#post('/oauth/token', {
        grant_type: 'refresh_token',
        refresh_token: refresh,
      });
      refresh = this.#kept(`successor ${turn}`, renewed['refresh_token']);
      this.#kept(`access token ${turn}`, renewed['access_token']);
    }
    await this.#post('/oauth/token', { grant_type: 'refresh_token', refresh_token: spent });
    return this.#kept('bearer', (await this.#signIn())['access_token']);
  }

  async #withKeys(bearer: string): Promise<void> {
    const body = { name: 'script', scopes: ['articles:read'] };
    const { id, key } = await this.#post('/me/api_keys', body, bearer);
    const apikey = this.#kept('API key', key);
    for (const path of ['/articles', '/api/articles', `/api/articles?apikey=${apikey}`]) {
      await this.caller.send(this.gatehouse.articles + path, { headers: { apikey } });
      await this.caller.send(this.gatehouse.articles + path, { headers: { apikey }, bearer });
    }
    await this.caller.send(`${this.gatehouse.identity}/me/api_keys/${String(id)}`, {
      method: 'DELETE',
      bearer,
    });
  }

  async #asClient(bearer: string): Promise<void> {
    const admin = await this.#post('/user_token', { auth: ADMIN });
    const client = { id: 'secretive', scopes: ['articles:read', 'token:exchange'], audiences: ['gatehouse'] };
    const made = await this.#post('/admin/clients', client, this.#kept('admin token', admin['jwt']));
    const secret = this.#kept('client secret', made['secret']);
    const as = { client_id: client.id, client_secret: secret };
    const own = await this.#post('/oauth/token', { grant_type: 'client_credentials', ...as });
    const subject = {
      subject_token: bearer,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    };
    const type = 'urn:ietf:params:oauth:grant-type:token-exchange';
    const exchanged = await this.#post('/oauth/token', { grant_type: type, ...subject, ...as });
    this.#kept('exchanged token', exchanged['access_token']);
    await this.#post('/oauth/introspect', { token: bearer, ...as });
    await this.#post('/oauth/revoke', { token: this.#kept('service token', own['access_token']), ...as });
    await this.#post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: this.secrets.make('wrong client secret'),
    });
  }

  async #changePasswords(bearer: string): Promise<void> {
    const next = this.secrets.make('next password');
    await this.#post('/me/password', { current_password: this.#password, password: next }, bearer);
    await this.caller.send(`${this.gatehouse.identity}/me/export`, { bearer });
    await this.#post('/password_resets', { email: EMAIL });
    const token = await this.#mailed('/password_resets');
    this.#password = this.secrets.make('password after the reset');
    for (const password of ['short', this.#password]) {
      const body = { token, password };
      await this.caller.send(`${this.gatehouse.identity}/password_resets`, { method: 'PUT', body });
    }
    await this.#signIn();
  }

  async #signIn(): Promise<Record<string, unknown>> {
    return this.#post('/oauth/token', { grant_type: 'password', username: EMAIL, password: this.#password });
  }

  async #post(path: string, body: object, bearer?: string): Promise<Record<string, unknown>> {
    const outgoing = { method: 'POST', body, ...(bearer !== undefined && { bearer }) };
    const answer = await this.caller.send(this.gatehouse.identity + path, outgoing);
    return answer.text.startsWith('{') ? answer.json() : {};
  }

  async #mailed(path: string): Promise<string> {
    const link = await latestLinkTo(this.gatehouse.identity, EMAIL, path);
    return this.#kept(`link to ${path}`, link.searchParams.get('token'));
  }

  #kept(what: string, secret: unknown): string {
    if (typeof secret !== 'string') throw new Error(`${what} did not come`);
    return this.secrets.keep(what, secret);
  }
}
