import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';
import type { FaultOptions } from './fault.ts';
import { House } from './house.ts';
import { openSession, refresh, type RenewableSession } from './refresh.sessions.ts';
import type { Report } from './report.ts';

const LONGEST_ANSWER = 2_000;
const CONCURRENT = 20;

/** What a server refuses, though it is there. */
interface Refusal {
  /** Begins it, and tells how it is ended. */
  begin(house: House, root: Connection, session: RenewableSession): Promise<() => Promise<unknown>>;
}

const NO_CONNECTIONS = 'no more connections';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'a lock that another holds': {
    async begin(house, _root, { id }) {
      const holder = await house.connect();
      await holder.beginTransaction();
      await holder.query('SELECT 1 FROM sessions WHERE id = ? FOR UPDATE', [id]);
      await holder.query('SELECT 1 FROM refresh_tokens WHERE session_id = ? FOR UPDATE', [id]);
      return () => holder.end();
    },
  },
  'no writes': {
    async begin(_house, root) {
      await root.query('SET GLOBAL read_only = 1');
      return () => root.query('SET GLOBAL read_only = 0');
    },
  },
  [NO_CONNECTIONS]: {
    async begin(house, root) {
      await root.query('SET GLOBAL max_connections = 10');
      const others = await occupy(house, root);
      return async () => {
        await root.query('SET GLOBAL max_connections = 200');
        await Promise.all(others.map((other) => other.end()));
      };
    },
  },
};

/** F4: the database is there, and refuses. It is tried again, not for long, and then told. */
export async function databaseRefusals(report: Report, { rounds }: FaultOptions): Promise<void> {
  const house = await House.open({ replicas: 1, environment: { REFRESH_GRACE: '600s' } });
  const root = await house.connect();
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, refusal] of Object.entries(REFUSALS))
        await tryOut(name, refusal, house, root, report);
    }
  } finally {
    await root.end();
    await house.close();
  }
}

async function tryOut(
  name: string,
  refusal: Refusal,
  house: House,
  root: Connection,
  report: Report,
): Promise<void> {
  const session = await openSession(root);
  const end = await refusal.begin(house, root, session);
  const uses = Array.from({ length: CONCURRENT }, () => refresh(house.replica(0), session.refreshToken));
  const answers = await Promise.all(uses);
  await end();
  const times = answers.map((answer) => answer?.milliseconds ?? Number.POSITIVE_INFINITY);
  const longest = Math.round(Math.max(...times));
  const told = answers.filter((answer) => answer?.status === 503 && answer.retryAfter !== null).length;
  const after = await afterwards(house, session);
  report.row({
    refusal: name,
    '503': told,
    'longest ms': longest,
    'bound ms': LONGEST_ANSWER,
    'well after ms': after,
  });
  // A connection that ends frees a place, and who gets it is served.
  const served = answers.filter((answer) => answer?.status === 200).length;
  report.expect(served === 0 || name === NO_CONNECTIONS, `${name}: ${served} are answered 200`);
  report.expect(
    told > 0 && told + served === CONCURRENT,
    `${name}: ${told} of ${CONCURRENT} are answered 503 with Retry-After`,
  );
  report.expect(longest <= LONGEST_ANSWER, `${name}: an answer took ${longest} ms`);
  report.expect(after <= LONGEST_ANSWER, `${name}: well again after ${after} ms`);
}

/** The token is as good as it was: nothing was done. */
async function afterwards(house: House, { refreshToken }: RenewableSession): Promise<number> {
  const start = performance.now();
  while ((await refresh(house.replica(0), refreshToken))?.status !== 200) {
    if (performance.now() - start > 10 * LONGEST_ANSWER) break;
    await sleep(20);
  }
  return Math.round(performance.now() - start);
}

/** Takes every connection there is, those of the replicas as well. */
async function occupy(house: House, root: Connection): Promise<Connection[]> {
  const taken: Connection[] = [];
  const uri = house.database.url.replace('root@', 'gatehouse@');
  const mine = () => taken.map(({ threadId }) => threadId);
  // One that was killed goes a moment later, and whoever is first has its place.
  for (let quiet = 0; quiet < 5; quiet += 1) {
    while (await connectTo(uri, taken));
    const [rows] = await root.query('SELECT id FROM information_schema.processlist WHERE user = "gatehouse"');
    const theirs = (rows as { id: number }[]).filter(({ id }) => !mine().includes(id));
    if (theirs.length > 0) quiet = 0;
    for (const { id } of theirs) await root.query('KILL ?', [id]).catch(() => undefined); // It is gone already.
    await sleep(20);
  }
  return taken;
}

async function connectTo(uri: string, taken: Connection[]): Promise<boolean> {
  try {
    taken.push(await createConnection(uri));
    return true;
  } catch {
    return false; // There are no more: that is what is wanted.
  }
}
