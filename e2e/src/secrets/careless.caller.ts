import { type Answer, type Outgoing, send } from '../harness/http.js';
import { type Route, routesOf } from '../harness/routes.js';
import type { PlantedSecrets } from './planted.secrets.js';

/** Members of bodies that are secrets, whoever sends them. */
const SECRET_MEMBERS = [
  'password',
  'current_password',
  'token',
  'refresh_token',
  'client_secret',
  'subject_token',
  'api_key',
];

/** Calls services, and keeps each answer that is a refusal: those must hold no secret. */
export class CarelessCaller {
  readonly refusals: string[] = [];

  constructor(private readonly secrets: PlantedSecrets) {}

  async send(url: string, outgoing: Outgoing = {}): Promise<Answer> {
    const answer = await send(url, outgoing);
    if (answer.status >= 400)
      this.refusals.push(`${answer.status} ${JSON.stringify(answer.headers)} ${answer.text}`);
    return answer;
  }

  /** Puts secrets wherever somebody could, at every route of a service: most of it is refused. */
  async tryEverything(service: string): Promise<void> {
    for (const route of await routesOf(service)) {
      for (const outgoing of this.#mistakesAt(route)) {
        const path = route.path.replaceAll(/\{[^}]+\}/g, this.secrets.make(`path of ${route.path}`));
        const query = `?token=${this.secrets.make('query token')}&apikey=${this.secrets.make('query key')}`;
        await this.send(service + path + query, { method: route.method, ...outgoing });
      }
    }
  }

  #mistakesAt({ method, path }: Route): Outgoing[] {
    const secret = (what: string) => this.secrets.make(`${what} at ${method} ${path}`);
    const json = { 'content-type': 'application/json' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const credentials: Readonly<Record<string, string>>[] = [
      { authorization: `Bearer ${secret('bearer')}` },
      { authorization: `Basic ${Buffer.from(`consumer:${secret('basic')}`).toString('base64')}` },
      {
        cookie: `jwt=${secret('cookie')}; XSRF-TOKEN=${secret('csrf')}`,
        'x-csrf-token': secret('csrf header'),
      },
      { apikey: secret('api key') },
    ];
    const bodies = [
      { headers: json, body: `{"password":"${secret('broken JSON')}"` },
      { headers: json, body: JSON.stringify(secret('text')) },
      { headers: json, body: JSON.stringify(this.#membersOf(secret)) },
      {
        headers: json,
        body: JSON.stringify({ auth: this.#membersOf(secret), user: this.#membersOf(secret) }),
      },
      {
        headers: json,
        body: JSON.stringify({ password: { nested: [secret('nested')] }, token: [secret('list')] }),
      },
      {
        headers: form,
        body: new URLSearchParams({ grant_type: 'password', ...this.#membersOf(secret) }).toString(),
      },
      { headers: { 'content-type': 'text/plain' }, body: secret('plain text') },
    ];
    return [...credentials.map((headers) => ({ headers })), ...(method === 'GET' ? [] : bodies)];
  }

  #membersOf(secret: (what: string) => string): Record<string, string> {
    return Object.fromEntries([
      ['email', 'somebody@example.com'],
      ...SECRET_MEMBERS.map((name) => [name, secret(name)]),
    ]);
  }
}
