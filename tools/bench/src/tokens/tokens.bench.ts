import { GrowthServer } from '../growth/growth.server.js';
import type { Step } from '../load/closed.loop.js';
import { type Contender, takeTurns, type Thoroughness } from '../load/turns.js';
import { bottlenecks, type Comparison, rates, ratios } from '../report/comparison.js';
import { Results } from '../report/results.js';
import { Workplace } from '../report/workplace.js';
import { tokenPeers } from './peers.js';
import { rawConnections } from './raw.connections.js';
import { TokenSite } from './token.site.js';
import { TokenStatements } from './token.statements.js';

/** How thoroughly to measure. */
export interface TokensBenchOptions extends Thoroughness {
  readonly connections: number;
}

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
  { name: 'SQLite', with: 'oidc-provider, Redis', goal: 1 },
  { name: 'MariaDB', with: 'oidc-provider, Redis', goal: 1 },
  { name: 'SQLite', with: 'better-auth, session and JWT' },
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
      ...(await tokenPeers(place, connections)),
    ];
    for (const operation of ['refresh', 'clientCredentials'] as const) {
      const turns = await takeTurns(
        contenders.flatMap((one) => asked(one, operation)),
        how,
      );
      results.table(TITLES[operation], rates(turns));
      results.table(`${TITLES[operation]}, compared`, ratios(turns, COMPARISONS));
      for (const sentence of bottlenecks(turns)) results.note(sentence);
    }
  });
}

type Operation = keyof typeof TITLES;

/** Who can be asked for some of them, over each of the connections. */
type TokenContender = Omit<Contender, 'steps'> & { readonly [operation in Operation]?: readonly Step[] };

function asked(contender: TokenContender, operation: Operation): Contender[] {
  const { [operation]: steps, name, pid } = contender;
  return steps ? [{ name, steps, ...(pid !== undefined && { pid }) }] : [];
}

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
  const raw = async (commits?: 'for all of a turn'): Promise<Record<Operation, readonly Step[]>> => {
    const sessions = await site.openSessions(connections);
    const opened = await rawConnections(databaseUrl, connections, commits);
    place.leaveBy(async () => void (await Promise.all([...new Set(opened)].map((one) => one.close()))));
    return stepsOf(opened.map((one, i) => new TokenStatements(one, sessions[i]!)));
  };
  return [
    { name, pid: site.identity.pid, ...stepsOf(site.customers) },
    { name: `${name}, raw`, ...(await raw()) },
    ...(name === 'SQLite' ? [{ name: GROUPED, ...(await raw('for all of a turn')) }] : []),
  ];
}

function stepsOf(customers: readonly Record<Operation, Step>[]): Record<Operation, readonly Step[]> {
  return {
    refresh: customers.map(({ refresh }) => refresh),
    clientCredentials: customers.map(({ clientCredentials }) => clientCredentials),
  };
}
