import { GrowthServer } from '../growth/growth.server.js';
import { KeepAliveConnection } from '../load/keep-alive.connection.js';
import { PeerProcess } from '../load/peer.process.js';
import { type Contender, takeTurns, type Thoroughness } from '../load/turns.js';
import { bottlenecks, type Comparison, rates, ratios } from '../report/comparison.js';
import { Results } from '../report/results.js';
import { Workplace } from '../report/workplace.js';
import { rawConnections } from './raw.connections.js';
import { TokenCustomer, TokenSite } from './token.site.js';
import { TokenStatements } from './token.statements.js';

/** How thoroughly to measure. */
export interface TokensBenchOptions extends Thoroughness {
  readonly connections: number;
}

type Operation = 'refresh' | 'clientCredentials';
type Customers = Record<Operation, () => Promise<void>>;

const PEER = new URL('./oidc-provider.server.js', import.meta.url);
const TITLES = { refresh: 'Refresh rotation', clientCredentials: 'Client credentials' };

/** One commit for all of a turn of the event loop, as identity's are; `raw` alone commits each by itself. */
const GROUPED = 'SQLite, raw, a commit per turn';

/** What is sent raw is on the disk when it is committed. */
const COMPARISONS: readonly Comparison[] = [
  { name: 'SQLite', with: 'SQLite, raw', goal: 0.6 },
  { name: 'SQLite', with: GROUPED },
  { name: 'MariaDB', with: 'MariaDB, raw', goal: 0.6 },
  { name: 'SQLite', with: 'oidc-provider, memory', goal: 1.2 },
  { name: 'MariaDB', with: 'oidc-provider, memory' },
];

/** What tokens cost: beside the same statements by the driver alone, and beside oidc-provider. */
export async function tokensBench({ connections, ...how }: TokensBenchOptions): Promise<void> {
  const results = new Results('tokens');
  results.note(
    `${how.rounds} rounds of ${how.seconds} s each, interleaved, ${connections} connections; medians (ranges).`,
  );
  results.note(
    `"raw" commits each transaction by itself; "${GROUPED}" all of one turn of the event loop together, without savepoints.`,
  );
  await Workplace.with(async (place) => {
    const contenders = [
      ...(await ours('SQLite', place.sqliteUrl('tokens'), connections, place)),
      ...(await ours('MariaDB', await mariadbUrl(place), connections, place)),
      await peer(connections, place),
    ];
    for (const operation of ['refresh', 'clientCredentials'] as const) {
      const turns = await takeTurns(
        contenders.map(({ customers, ...contender }) => ({
          ...contender,
          steps: customers.map((customer) => customer[operation]),
        })),
        how,
      );
      results.table(TITLES[operation], rates(turns));
      results.table(`${TITLES[operation]}, compared`, ratios(turns, COMPARISONS));
      for (const sentence of bottlenecks(turns)) results.note(sentence);
    }
  });
}

type TokenContender = Omit<Contender, 'steps'> & { customers: readonly Customers[] };

async function mariadbUrl(place: Workplace): Promise<string> {
  const server = await GrowthServer.start();
  place.leaveBy(() => server.close());
  return server.addSchema('tokens');
}

/** Identity, and its statements by themselves on the same rows of other sessions. */
async function ours(
  name: string,
  databaseUrl: string,
  connections: number,
  place: Workplace,
): Promise<TokenContender[]> {
  const site = await TokenSite.open(databaseUrl, connections);
  place.leaveBy(() => site.identity.stop());
  const raw = async (commits?: 'for all of a turn'): Promise<readonly Customers[]> => {
    const sessions = await site.openSessions(connections);
    const opened = await rawConnections(databaseUrl, connections, commits);
    place.leaveBy(async () => void (await Promise.all([...new Set(opened)].map((one) => one.close()))));
    return opened.map((one, i) => new TokenStatements(one, sessions[i]!));
  };
  return [
    { name, pid: site.identity.pid, customers: site.customers },
    { name: `${name}, raw`, customers: await raw() },
    ...(name === 'SQLite' ? [{ name: GROUPED, customers: await raw('for all of a turn') }] : []),
  ];
}

async function peer(connections: number, place: Workplace): Promise<TokenContender> {
  const client = { client_id: 'bench', client_secret: 'a-secret-that-is-long-enough-for-a-bench' };
  const server = await PeerProcess.start<{ url: string; tokens: string[] }>(PEER, { ...client, connections });
  place.leaveBy(() => server.stop());
  const { told, pid } = server;
  const customers = told.tokens.map(
    async (token) => new TokenCustomer(await KeepAliveConnection.open(told.url), '/token', client, token),
  );
  return { name: 'oidc-provider, memory', pid, customers: await Promise.all(customers) };
}
