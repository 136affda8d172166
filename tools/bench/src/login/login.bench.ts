import { GrowthServer } from '../growth/growth.server.js';
import { KeepAliveConnection } from '../load/keep-alive.connection.js';
import { PeerProcess } from '../load/peer.process.js';
import type { Step } from '../load/closed.loop.js';
import { type Contender, takeTurns, type Thoroughness } from '../load/turns.js';
import { bottlenecks, type Comparison, rates, ratios } from '../report/comparison.js';
import { Results } from '../report/results.js';
import { Workplace } from '../report/workplace.js';
import { IdentityProcess } from '../revocation/identity.process.js';
import { SETTINGS } from '../tokens/token.site.js';
import { Bystander, bystanderRows } from './bystander.js';
import { hashAlone } from './hash.alone.js';

/** How thoroughly to measure. */
export interface LoginBenchOptions extends Thoroughness {
  readonly connections: number;
}

/** Where to sign in, with what, and what it answers. */
interface Door {
  readonly path: string;
  readonly body: object;
  readonly status: number;
  /** A route that has nothing to do with sign-ins. */
  readonly other: string;
}

const HASH = 'the hash alone';
const PERSON = { email: 'reader@example.com', password: 'opensesame-please' };
const OURS: Door = { path: '/user_token', body: { auth: PERSON }, status: 201, other: '/health/live' };
const STOCK: Door = { path: '/auth/login', body: PERSON, status: 200, other: '/health' };
const BETTER_AUTH: Door = {
  path: '/api/auth/sign-in/email',
  body: PERSON,
  status: 200,
  other: '/api/auth/ok',
};

const COMPARISONS: readonly Comparison[] = [
  { name: 'SQLite', with: HASH, goal: 0.9 },
  { name: 'MariaDB', with: HASH, goal: 0.9 },
  { name: 'SQLite', with: 'stock Nest, bcrypt 10' },
  { name: 'SQLite', with: 'better-auth, scrypt' },
];

/** Sign-ins: beside their hash alone, beside peers, and what other routes feel of them. */
export async function loginBench({ connections, ...how }: LoginBenchOptions): Promise<void> {
  const results = new Results('login');
  results.note(
    `${how.rounds} rounds of ${how.seconds} s each, interleaved, ${connections} sign-ins at once; medians (ranges).`,
  );
  results.note('Peers hash differently, so what they are compared with is mostly the hash.');
  await Workplace.with(async (place) => {
    const contenders = await contendersAt(place, connections);
    const turns = await takeTurns(contenders, how);
    results.table('Sign-ins', rates(turns));
    results.table('Sign-ins, compared', ratios(turns, COMPARISONS));
    for (const sentence of bottlenecks(turns)) results.note(sentence);
    results.table('Another route meanwhile, asked every 10 ms', bystanderRows(contenders));
  });
}

async function contendersAt(place: Workplace, connections: number): Promise<LoginContender[]> {
  const hash = await hashAlone(connections);
  place.leaveBy(hash.stop);
  const mariadb = await GrowthServer.start();
  place.leaveBy(() => mariadb.close());
  const open = (name: string, url: string, pid: number, door: Door): Promise<LoginContender> =>
    contenderAt(place, { name, url, pid, door, connections });
  const identity = async (name: string, databaseUrl: string): Promise<LoginContender> => {
    const process = await IdentityProcess.start(databaseUrl, SETTINGS);
    place.leaveBy(() => process.stop());
    return open(name, process.url, process.pid, OURS);
  };
  const peer = async (
    name: string,
    script: string,
    door: Door,
    settings: object,
  ): Promise<LoginContender> => {
    const process = await PeerProcess.start(new URL(script, import.meta.url), { ...PERSON, ...settings });
    place.leaveBy(() => process.stop());
    return open(name, process.told.url, process.pid, door);
  };
  const file = place.sqliteUrl('better-auth').slice('sqlite:'.length);
  return [
    { name: HASH, steps: hash.steps },
    await identity('SQLite', place.sqliteUrl('login')),
    await identity('MariaDB', await mariadb.addSchema('login')),
    await peer('stock Nest, bcrypt 10', './stock-nest.server.js', STOCK, {}),
    await peer('better-auth, scrypt', './better-auth.server.js', BETTER_AUTH, { file }),
  ];
}

/** One whose other routes are looked at. */
export type LoginContender = Contender & { readonly bystander?: Bystander };

async function contenderAt(
  place: Workplace,
  {
    name,
    url,
    pid,
    door,
    connections,
  }: { name: string; url: string; pid: number; door: Door; connections: number },
): Promise<LoginContender> {
  const bystander = await Bystander.at(url, door.other);
  place.leaveBy(async () => bystander.close());
  const steps = await Promise.all(Array.from({ length: connections }, () => signInAt(url, door, place)));
  return { name, pid, steps, bystander, during: (work) => bystander.during(work) };
}

async function signInAt(url: string, { path, body, status }: Door, place: Workplace): Promise<Step> {
  const connection = await KeepAliveConnection.open(url);
  place.leaveBy(async () => connection.close());
  const json = JSON.stringify(body);
  return async () => {
    const answer = await connection.post(path, json, 'application/json');
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${answer.body}`);
  };
}
