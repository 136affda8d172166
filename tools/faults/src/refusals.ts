import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { House } from './house.ts';
import type { RenewableSession } from './refresh.sessions.ts';

/** Something that is counted while a server refuses, and must not be more than so many. */
export interface Count {
  readonly what: string;
  readonly value: number;
  readonly bound: number;
}

/** What a server refuses, though it is there. */
export interface Refusal {
  readonly name: string;
  /** Begins it for who uses these sessions; gives what ends it. */
  readonly begin: (
    house: House,
    root: Connection,
    sessions: readonly RenewableSession[],
  ) => Promise<() => Promise<Count | void>>;
  /** Whether some are served for all that. */
  readonly mayServe?: boolean;
}

/** A statement is tried, and 3 times more. */
const MOST_TRIES = 4;

/** All that a server refuses here, one after the other. */
export const REFUSALS: readonly Refusal[] = [
  {
    name: 'a lock that another holds',
    async begin(house, _root, sessions) {
      const holder = await house.connect();
      await holder.beginTransaction();
      const ids = sessions.map(({ id }) => id);
      await holder.query('SELECT 1 FROM sessions WHERE id IN (?) FOR UPDATE', [ids]);
      await holder.query('SELECT 1 FROM refresh_tokens WHERE session_id IN (?) FOR UPDATE', [ids]);
      return () => holder.end();
    },
  },
  {
    name: 'a deadlock each time',
    async begin(_house, root) {
      // What is written there stays, whatever becomes of the transaction.
      await root.query('CREATE TABLE tries (session_id VARCHAR(40)) ENGINE = MyISAM');
      await root.query(
        `CREATE TRIGGER deadlock BEFORE UPDATE ON sessions FOR EACH ROW BEGIN
           INSERT INTO tries VALUES (NEW.id);
           SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found';
         END`,
      );
      return async () => {
        await root.query('DROP TRIGGER deadlock');
        const value = await mostTries(root);
        await root.query('DROP TABLE tries');
        return { what: 'tries', value, bound: MOST_TRIES };
      };
    },
  },
  {
    name: 'no writes',
    async begin(_house, root) {
      await root.query('SET GLOBAL read_only = 1');
      return async () => void (await root.query('SET GLOBAL read_only = 0'));
    },
  },
  {
    name: 'no more connections',
    // A connection that ends frees a place, and who gets it is served.
    mayServe: true,
    async begin(house, root) {
      await root.query('SET GLOBAL max_connections = 10');
      const others = await occupy(house, root);
      return async () => {
        await root.query('SET GLOBAL max_connections = 200');
        await Promise.all(others.map((other) => other.end()));
      };
    },
  },
];

/** How often the session was tried that was tried most. */
async function mostTries(root: Connection): Promise<number> {
  const [rows] = await root.query<RowDataPacket[]>(
    'SELECT COUNT(*) AS tries FROM tries GROUP BY session_id ORDER BY tries DESC',
  );
  return Number(rows[0]?.['tries'] ?? Number.NaN);
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
