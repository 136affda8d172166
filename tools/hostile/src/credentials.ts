import { send } from './outgoing.ts';
import type { Route } from './routes.ts';
import type { Service } from './services.ts';

/** Somebody who signs in with a password. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** Of the demo data. */
const ADMIN: Person = { email: 'admin@example.com', password: 'opensesame-admin-please' };
const CLIENT = { client_id: 'consumer', client_secret: 'consumer-secret-for-development' };

/**
 * Good credentials of one sender: what is hostile is meant to get past authentication. An admin has every scope of
 * users; the feed is for services alone.
 */
export class Credentials {
  readonly #identity: Service;
  readonly #person: Person;
  readonly #tokens = new Map<'admin' | 'service', string>();

  /** @param person an admin */
  constructor(identity: Service, person = ADMIN) {
    this.#identity = identity;
    this.#person = person;
  }

  /** An access token that the route accepts. */
  async tokenFor({ service, path }: Pick<Route, 'service' | 'path'>): Promise<string> {
    const kind = service === this.#identity && path.startsWith('/revocations') ? 'service' : 'admin';
    const token = this.#tokens.get(kind) ?? (kind === 'admin' ? await this.signIn() : await this.asService());
    this.#tokens.set(kind, token);
    return token;
  }

  /** What was given out is good no more: something that was sent has ended it. */
  forget(): void {
    this.#tokens.clear();
  }

  /** A new session of the admin, or of somebody else. */
  async signIn(person = this.#person): Promise<string> {
    const { jwt } = await this.#post('/user_token', { auth: person });
    return String(jwt);
  }

  /** A session that can be renewed. */
  async open(): Promise<{ access_token: string; refresh_token: string }> {
    const { email: username, password } = this.#person;
    const tokens = await this.#post('/oauth/token', { grant_type: 'password', username, password });
    return { access_token: String(tokens['access_token']), refresh_token: String(tokens['refresh_token']) };
  }

  async asService(): Promise<string> {
    const { access_token: token } = await this.#post('/oauth/token', {
      grant_type: 'client_credentials',
      ...CLIENT,
    });
    return String(token);
  }

  async #post(target: string, body: object): Promise<Record<string, unknown>> {
    const answer = await send(this.#identity.url, { method: 'POST', target, body });
    if (!answer || answer.status >= 300) throw new Error(`signing in at ${target}: ${answer?.text}`);
    return JSON.parse(answer.text) as Record<string, unknown>;
  }
}
