import { createHash } from 'node:crypto';
import {
  type BrowserUser,
  Forbidden,
  sessionCookieName,
  Unavailable,
  type UserDto,
} from '@gatehouse/contracts';
import { InvalidToken } from '@gatehouse/tokens';
import { identityAddress } from '../access.options.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import type { Principal } from '../principal/principal.js';
import { principalOfAccepted } from './accepted.token.js';
import type { RemoteIdentityOptions } from './remote-identity.options.js';

/** Whom identity named, or that it named nobody. */
interface Answer {
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly outcome: Promise<Principal>;
  underWay: boolean;
}

/** For how long an answer is given again. Milliseconds. */
const KEPT = 1_000;
const TIMEOUT = 1_000;
/** Answers kept, and questions under way, at a time. */
const ANSWERS = 10_000;
const QUESTIONS = 100;
/** Longer ones identity would not read either. */
const LONGEST_TOKEN = 8_000;

/**
 * Asks identity who is calling (`GET /current_user`): once for each credential at a time, and again after a second at
 * the latest.
 */
export class RemoteIdentity {
  private readonly answers = new Map<string, Answer>();
  private readonly clock: () => number;
  private questions = 0;

  constructor(private readonly options: RemoteIdentityOptions) {
    this.clock = options.clock ?? Date.now;
  }

  /**
   * Whom the token stands for that this request carries, as a bearer or in the session cookie.
   *
   * @throws InvalidToken when for nobody, Forbidden when identity tells nothing about its kind, Unavailable when
   * identity cannot be asked
   */
  principalOf(token: string, { headers }: GuardedRequest): Promise<Principal> {
    if (token === '' || token.length > LONGEST_TOKEN)
      return Promise.reject(new InvalidToken('empty or too long'));
    const credential =
      headers.authorization === undefined ? this.cookie(token) : { authorization: `Bearer ${token}` };
    const name = createHash('sha256').update(JSON.stringify(credential)).digest('base64');
    const known = this.answers.get(name);
    if (known && (known.underWay || this.clock() < known.askedAt + KEPT)) return known.outcome;
    if (this.questions >= QUESTIONS) return Promise.reject(new Unavailable());
    return this.keep(name, this.ask(token, { ...credential, ...alongWith(headers) }));
  }

  private keep(name: string, outcome: Promise<Principal>): Promise<Principal> {
    const answer = { askedAt: this.clock(), outcome, underWay: true };
    this.answers.delete(name);
    this.answers.set(name, answer);
    if (this.answers.size > ANSWERS) this.answers.delete(this.answers.keys().next().value!);
    const settled = (error?: unknown): void => {
      answer.underWay = false;
      // What could not be told is asked again by the next who comes.
      if (error instanceof Unavailable && this.answers.get(name) === answer) this.answers.delete(name);
    };
    outcome.then(() => settled(), settled);
    return outcome;
  }

  private async ask(token: string, headers: Record<string, string>): Promise<Principal> {
    this.questions += 1;
    try {
      const { issuer, audience } = this.options;
      return principalOfAccepted(token, { user: await this.currentUser(headers), issuer, audience });
    } finally {
      this.questions -= 1;
    }
  }

  private async currentUser(headers: Record<string, string>): Promise<UserDto> {
    const { timeout = TIMEOUT } = this.options;
    try {
      const answer = await fetch(`${identityAddress(this.options)}/current_user`, {
        headers: { accept: 'application/json', ...headers },
        redirect: 'error', // it would carry the credential to an address that nobody configured
        signal: AbortSignal.timeout(timeout),
      });
      const body = await answer.text();
      if (answer.status === 200) return userIn(body);
      throw refusalFor(answer.status);
    } catch (cause) {
      if (cause instanceof InvalidToken || cause instanceof Forbidden) throw cause;
      throw new Unavailable('Who is calling cannot be told right now. Try again shortly.', { cause });
    }
  }

  private cookie(token: string): { cookie: string } {
    return { cookie: `${sessionCookieName(this.options)}=${token}` };
  }
}

/** What goes along to every service that is called (W3C Trace Context). */
function alongWith(headers: GuardedRequest['headers']): Record<string, string> {
  const names = ['x-request-id', 'traceparent'];
  return Object.fromEntries(
    names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  );
}

function userIn(body: string): UserDto {
  const { data } = JSON.parse(body) as Partial<BrowserUser>;
  if (typeof data?.id !== 'string' || !Array.isArray(data.roles))
    throw new TypeError('identity named no user');
  return data;
}

function refusalFor(status: number): Error {
  if (status === 401 || status === 404) return new InvalidToken('not accepted by identity');
  if (status === 403) return new Forbidden(); // a service's token, say: it is good, but no user's
  return new Error(`identity answered ${status}`);
}
