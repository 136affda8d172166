import { Random } from '@gatehouse/workspace';
import { Credentials } from './credentials.ts';
import { flawIn } from './flaw.ts';
import { flawInFrame, framesFor, sendFrame } from './frames.ts';
import { addresses } from './inputs/addresses.ts';
import { bodies } from './inputs/bodies.ts';
import { headers } from './inputs/headers.ts';
import { type Family, filled, type Input } from './inputs/input.ts';
import { members } from './inputs/members.ts';
import { tokenAttacks } from './inputs/tokens.ts';
import { Values } from './inputs/values.ts';
import { type Answer, send } from './outgoing.ts';
import { newAdmin } from './people.ts';
import { nameOf, type Route } from './routes.ts';
import type { Service } from './services.ts';
import type { Tally } from './tally.ts';

/** How much is sent, to what. */
export interface AttackOptions {
  readonly identity: Service;
  readonly routes: readonly Route[];
  /** Until there were so many, those included that came before. */
  readonly inputs: number;
  /** When the first of them was sent. */
  readonly begun: number;
  readonly seed: number;
  readonly tally: Tally;
  /** How long an answer may take, in milliseconds. */
  readonly patience: number;
}

const SENDERS = 8;
/** Then another person goes on: an export of all that somebody did grows with what they do. */
const TRIES_OF_A_PERSON = 5_000;
/** What makes something each time it is asked, whatever is in the body: not by the ten thousand. */
const SPARED: Readonly<Record<string, number>> = { 'identity POST /admin/keys': 40 };
const FRAMES_SHARE = 0.02;
/** How often it is told how far it has come. */
const STEPS = 20;

/** Sends inputs to all routes in turn, from several senders at once, each repeatable by the seed. */
export async function attack(options: AttackOptions): Promise<void> {
  const { identity, routes, inputs, seed, tally, patience } = options;
  let due = inputs / STEPS;
  let sent = 0;
  const spent = new Map<string, number>();
  const next = (): Route | undefined => {
    // What Node's client does not send was none.
    while (tally.inputs < inputs) {
      if (tally.inputs >= due) {
        console.log(progress(tally.inputs, options));
        due += inputs / STEPS;
      }
      const route = routes[sent % routes.length]!;
      sent += 1;
      const count = (spent.get(nameOf(route)) ?? 0) + 1;
      spent.set(nameOf(route), count);
      if (count <= (SPARED[nameOf(route)] ?? Infinity)) return route;
    }
    return undefined;
  };
  const keepSending = async (nth: number): Promise<void> => {
    const sender = new Sender(seed * 1_000 + nth, tally, patience);
    let tries = 0;
    for (let route = next(); route; route = next()) {
      if (tries % TRIES_OF_A_PERSON === 0) {
        const person = await newAdmin(identity, `sender-${nth}-after-${tries}@example.com`);
        sender.credentials = new Credentials(identity, person);
      }
      tries += 1;
      await sender.try(route);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, (_, nth) => keepSending(nth)));
}

/** How far it has come, how fast it goes, and how long it will. */
function progress(sent: number, { inputs, begun }: AttackOptions): string {
  const perSecond = (1_000 * sent) / (performance.now() - begun);
  const left = Math.ceil((inputs - sent) / perSecond / 60);
  return `${sent} of ${inputs}, ${Math.round(perSecond)} a second, ${left} min left`;
}

/** Goes on from one input to the next. */
class Sender {
  /** Of whoever sends at present. */
  credentials!: Credentials;
  readonly #tally: Tally;
  readonly #patience: number;
  readonly #random: Random;
  readonly #families: readonly Family[];

  constructor(seed: number, tally: Tally, patience: number) {
    const values = new Values(seed);
    this.#tally = tally;
    this.#patience = patience;
    this.#random = new Random(seed);
    this.#families = [bodies, members(values), addresses(values), headers(values)];
  }

  async try(route: Route): Promise<void> {
    if (this.#random.next() < FRAMES_SHARE) return this.#frame(route);
    const input = this.#random.of(this.#families)(route, this.#random);
    try {
      await this.#input(route, input);
    } catch (error) {
      this.#tally.flaw(nameOf(route), `${String(error)}, to ${told(route, input)}`);
    }
  }

  async #input(route: Route, input: Input): Promise<void> {
    let answer = await this.#send(route, input);
    if (answer?.status === 401) {
      // Something before it has ended our session: with a new one it is told what it is about.
      this.credentials.forget();
      answer = await this.#send(route, input);
    }
    if (!answer) return;
    const flaw = flawIn(answer, input.target, this.#patience);
    if (flaw) this.#tally.flaw(nameOf(route), `${flaw}, to ${told(route, input)}`);
    this.#tally.count(nameOf(route), answer.status, isPast(answer));
  }

  async #send(route: Route, { headers: own, ...input }: Input): Promise<Answer | undefined> {
    const authorization = `Bearer ${await this.credentials.tokenFor(route)}`;
    return await send(route.service.url, {
      method: route.method,
      ...input,
      headers: { authorization, ...own },
    });
  }

  async #frame(route: Route): Promise<void> {
    const fields = `Authorization: Bearer ${await this.credentials.tokenFor(route)}\r\n`;
    const frame = this.#random.of(framesFor(filled(route), fields));
    const flaw = flawInFrame(await sendFrame(route.service, frame), this.#patience);
    if (flaw) this.#tally.flaw(nameOf(route), `${flaw}, to ${JSON.stringify(frame.slice(0, 200))}`);
    this.#tally.count(nameOf(route), 0, true);
  }
}

/** Tries every token that is none at routes that ask for one; each must be refused. */
export async function attackTokens(
  options: Omit<AttackOptions, 'inputs' | 'begun' | 'seed'>,
): Promise<number> {
  const { identity, routes } = options;
  const credentials = new Credentials(identity);
  const jwks = (await (await fetch(`${identity.url}/.well-known/jwks.json`)).json()) as { keys: [] };
  const { refresh_token: refreshToken, access_token: ended } = await credentials.open();
  await send(identity.url, { method: 'POST', target: '/oauth/revoke', body: { token: ended } });
  const attacks = tokenAttacks(await credentials.signIn(), jwks, [refreshToken, ended]);
  for (const route of routes) {
    for (const token of attacks) await attackWith(token, route, options);
  }
  return attacks.length;
}

async function attackWith(
  token: string,
  route: Route,
  { tally, patience }: Pick<AttackOptions, 'tally' | 'patience'>,
): Promise<void> {
  const target = filled(route);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await send(route.service.url, { method: route.method, target, headers });
  if (!answer) return;
  if (answer.status < 400) {
    tally.acceptances += 1;
    tally.flaw(nameOf(route), `a ${answer.status} to the token ${shortened(token)}`);
  }
  const flaw = flawIn(answer, target, patience);
  if (flaw) tally.flaw(nameOf(route), `${flaw}, to the token ${shortened(token)}`);
  tally.count(nameOf(route), answer.status, false);
}

function isPast({ status, text }: Answer): boolean {
  return status !== 401 && status !== 429 && !(status === 403 && text.includes('insufficient_scope'));
}

/** Its ends tell it from the others. */
function shortened(token: string): string {
  return token.length > 200 ? `${token.slice(0, 100)} … ${token.slice(-100)}` : token;
}

function told(route: Route, { method = route.method, target, headers: own, body }: Input): string {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body);
  return `${method} ${target.slice(0, 200)} ${JSON.stringify(own ?? {}).slice(0, 300)} ${bytes?.slice(0, 300) ?? ''}`;
}
