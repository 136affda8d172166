import type { IdentityProcess } from '../revocation/identity.process.js';
import { PASSWORD, type Population } from './population.js';

interface Tokens {
  access_token: string;
  refresh_token: string;
}

/** People who sign in, stay signed in and look at their sessions, at one identity. */
export class Visitors {
  #turn = 0;

  private constructor(
    private readonly identity: IdentityProcess,
    private readonly population: Population,
    private readonly tokens: Tokens[],
  ) {}

  /** @param known refresh tokens that the visitors come with */
  static async arrive(
    identity: IdentityProcess,
    population: Population,
    known: readonly string[],
  ): Promise<Visitors> {
    const tokens: Tokens[] = [];
    for (const token of known) tokens.push(await refreshed(identity, token));
    return new Visitors(identity, population, tokens);
  }

  /** One sign-in, of anybody. */
  async login(): Promise<void> {
    const body = JSON.stringify({ auth: { email: this.population.emailOfAny(), password: PASSWORD } });
    const headers = { 'content-type': 'application/json' };
    await expectStatus(201, fetch(`${this.identity.url}/user_token`, { method: 'POST', headers, body }));
  }

  /** One rotation of a refresh token, of the one whose turn it is. */
  async refresh(): Promise<void> {
    const at = this.#next();
    this.tokens[at] = await refreshed(this.identity, this.tokens[at]!.refresh_token);
  }

  /** One list of sessions, of the one whose turn it is. */
  async listSessions(): Promise<void> {
    const headers = { authorization: `Bearer ${this.tokens[this.#next()]!.access_token}` };
    await expectStatus(200, fetch(`${this.identity.url}/me/sessions`, { headers }));
  }

  #next(): number {
    return (this.#turn = (this.#turn + 1) % this.tokens.length);
  }
}

async function refreshed(identity: IdentityProcess, token: string): Promise<Tokens> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token });
  return (await expectStatus(200, fetch(`${identity.url}/oauth/token`, { method: 'POST', body }))) as Tokens;
}

async function expectStatus(status: number, answer: Promise<Response>): Promise<unknown> {
  const response = await answer;
  const body: unknown = await response.json();
  if (response.status !== status)
    throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`);
  return body;
}
