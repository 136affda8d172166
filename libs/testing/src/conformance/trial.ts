import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sessionCookieName } from '@gatehouse/contracts';
import type { TestIdentity } from '../test.identity.js';
import type { TestServer } from '../test.server.js';
import { testClaims, type TestClaims } from '../test.token.js';
import { type Answer, type HeaderPair, type Outgoing, send } from './answer.js';
import type { ConformanceProfile, ConformanceRoute } from './conformance.profile.js';
import { Deviation } from './conformance.case.js';
import { type ConformanceIssuer, TokenForge } from './token.forge.js';

/** All that a trial is made of. */
export interface TrialParts {
  /** Where the service under test is reached. */
  readonly url: string;
  readonly profile: ConformanceProfile;
  readonly issuer: ConformanceIssuer;
  /** The same issuer, where it is the kit's own: it can go away. */
  readonly identity: TestIdentity | undefined;
  /** Somebody's server that nobody should call. */
  readonly decoy: TestServer;
}

/** Milliseconds within which a service has to hear of a change. */
const SOON = 8_000;

/** The service under test, and everything a case needs to try it. */
export class Trial {
  readonly profile: ConformanceProfile;
  readonly issuer: ConformanceIssuer;
  readonly forge: TokenForge;
  /** The user that the good tokens are of, and another one. */
  readonly users: readonly [string, string];

  constructor(private readonly parts: TrialParts) {
    this.profile = parts.profile;
    this.issuer = parts.issuer;
    this.forge = new TokenForge(parts.issuer);
    this.users = parts.profile.users ?? ['usr_conformance', 'usr_another'];
  }

  /** The kit's own issuer; only cases that need a remote issuer ask for it. */
  get identity(): TestIdentity {
    if (!this.parts.identity) throw new Deviation('needs the issuer of the kit');
    return this.parts.identity;
  }

  get decoy(): TestServer {
    return this.parts.decoy;
  }

  get read(): ConformanceRoute {
    return this.profile.read;
  }

  /** Every unsafe route; a service without one has declared so. */
  get unsafe(): readonly ConformanceRoute[] {
    const { unsafe = [] } = this.profile;
    if (unsafe.length === 0)
      throw new Deviation('names no route with an unsafe method, nor declares that it has none');
    return unsafe;
  }

  get now(): number {
    return Math.floor(Date.now() / 1_000);
  }

  /** Every scope that some route asks for. */
  get scope(): string {
    const { read, unsafe = [] } = this.profile;
    return [...new Set([read, ...unsafe].flatMap(({ scope }) => scope.split(' ')))].join(' ').trim();
  }

  /** The claims of a good token, but for what is said. */
  claims(overrides: TestClaims = {}): Record<string, unknown> {
    const { issuer, audience } = this.issuer;
    const own = { sub: this.users[0], scope: this.scope, ...overrides };
    return testClaims({ issuer, audience, iat: this.now }, own);
  }

  /** A token rightly signed, good but for what is said. */
  token(claims: TestClaims = {}, header: object = {}): string {
    return this.forge.signed(this.forge.header(header), this.claims(claims));
  }

  /** Asks for the route that reads. */
  get(headers: readonly HeaderPair[] = [], query = ''): Promise<Answer> {
    return this.ask(this.read, { headers }, query);
  }

  /** Asks for it with a bearer. */
  with(token: string, method = this.read.method): Promise<Answer> {
    return this.ask(this.read, { method, headers: bearer(token) });
  }

  ask(route: ConformanceRoute, outgoing: Outgoing, query = ''): Promise<Answer> {
    return send(`${this.parts.url}${route.path}${query}`, { method: route.method, ...outgoing });
  }

  /** Asks for an unsafe route, its fields sent as JSON, or as a form that has further ones. */
  askUnsafe(
    route: ConformanceRoute,
    headers: readonly HeaderPair[],
    form?: readonly (readonly [string, string])[],
  ): Promise<Answer> {
    const { fields } = route;
    if (!fields && !form) return this.ask(route, { headers });
    const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
    const body = form
      ? new URLSearchParams([...Object.entries(fields ?? {}), ...form.map(([...pair]) => pair)]).toString()
      : JSON.stringify(fields);
    return this.ask(route, { headers: [...headers, ['Content-Type', type]], body });
  }

  /** The address of a document of the service, such as one that a challenge names: its path counts, here. */
  document(address: string): Promise<Answer> {
    const { pathname } = new URL(address, this.parts.url);
    return send(`${this.parts.url}${pathname}`);
  }

  /** A browser session: its cookie and the value that unsafe requests repeat. */
  session(claims: TestClaims = {}): { cookie: HeaderPair; csrf: string } {
    const csrf = randomUUID();
    const token = this.token({ csrf_token: csrf, ...claims });
    return { cookie: this.cookie(token), csrf };
  }

  cookie(...tokens: string[]): HeaderPair {
    const name = sessionCookieName(this.issuer);
    return ['Cookie', tokens.map((token) => `${name}=${token}`).join('; ')];
  }

  /** Waits until there is somebody who answers, whatever it may be. */
  async answers(within: number): Promise<void> {
    const end = Date.now() + within;
    while (!(await this.get().catch(() => undefined))) {
      if (Date.now() > end) throw new Error(`Nobody answers at ${this.parts.url}: start the service there.`);
      await sleep(100);
    }
  }

  /** Asks again until the answer is as it must be, which it soon has to be. */
  async soon(ask: () => Promise<Answer>, check: (answer: Answer) => void, within = SOON): Promise<void> {
    const end = Date.now() + within;
    for (;;) {
      const answer = await ask();
      try {
        return check(answer);
      } catch (error) {
        if (Date.now() > end) throw new Deviation(`${(error as Error).message}, for ${within / 1_000} s`);
      }
      await sleep(50);
    }
  }
}

/** The header that carries a token. */
export function bearer(token: string): HeaderPair[] {
  return [['Authorization', `Bearer ${token}`]];
}
