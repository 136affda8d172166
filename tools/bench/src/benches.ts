import { articlesBench } from './articles/articles.bench.js';
import { consumerBench } from './consumer/consumer.bench.js';
import { growthBench } from './growth/growth.bench.js';
import { ALGORITHMS } from './guard/bench.identity.js';
import { guardBench, WORKLOADS } from './guard/guard.bench.js';
import { SUBJECTS } from './guard/subjects.js';
import { importBench } from './import/import.bench.js';
import { loginBench } from './login/login.bench.js';
import { amounts, some, type Values, whole } from './options.js';
import { revocationBenches } from './revocation/revocation.bench.js';
import { startBench } from './start/start.bench.js';
import { tokensBench } from './tokens/tokens.bench.js';

/** One bench: what it measures, for how long, and what of the options it takes. */
export interface Bench {
  readonly says: string;
  /** What it usually takes. */
  readonly minutes: number;
  readonly takes: string;
  /** What it does less of when all benches run, so that they end in bounded time. */
  readonly amongAll?: Partial<Values>;
  run(values: Values): Promise<void>;
}

const THOROUGH = '--rounds --seconds --connections';

/** All benches, by name. */
export const BENCHES: ReadonlyMap<string, Bench> = new Map(
  Object.entries<Bench>({
    guard: {
      says: 'a guarded route beside an open one and beside other guards',
      minutes: 7,
      takes: `${THOROUGH} --algorithm --workload --subject`,
      run: (values) =>
        guardBench({
          ...amounts(values, { rounds: 3, seconds: 2, connections: 64 }),
          algorithms: some('algorithm', values.algorithm, ALGORITHMS),
          workloads: some('workload', values.workload, Object.keys(WORKLOADS)),
          subjects: some('subject', values.subject, Object.keys(SUBJECTS)),
        }),
    },
    login: {
      says: 'sign-ins beside their hash alone and beside peers, and another route meanwhile',
      minutes: 2,
      takes: THOROUGH,
      run: (values) => loginBench(amounts(values, { rounds: 5, seconds: 3, connections: 8 })),
    },
    tokens: {
      says: 'refresh and client credentials beside their statements alone and beside oidc-provider',
      minutes: 3,
      takes: THOROUGH,
      run: (values) => tokensBench(amounts(values, { rounds: 5, seconds: 2, connections: 16 })),
    },
    articles: {
      says: 'the guarded list and read beside a bare route and beside their queries',
      minutes: 3,
      takes: THOROUGH,
      run: (values) => articlesBench(amounts(values, { rounds: 3, seconds: 2, connections: 64 })),
    },
    consumer: {
      says: 'a route that calls another service, with a kept answer and without',
      minutes: 1,
      takes: `${THOROUGH} --articles --callers`,
      run: (values) =>
        consumerBench({
          ...amounts(values, { rounds: 5, seconds: 3, connections: 64 }),
          articles: whole('articles', values.articles),
          callers: whole('callers', values.callers),
        }),
    },
    revocation: {
      says: 'until every guard refuses what was revoked, and what knowing many costs',
      minutes: 2,
      takes: '--guards --revocations --database --entries',
      run: (values) =>
        revocationBenches({
          guards: values.guards.split(',').map((count) => whole('guards', count)),
          revocations: whole('revocations', values.revocations),
          databaseUrl: values.database,
          entries: whole('entries', values.entries),
        }),
    },
    start: {
      says: 'from a fresh copy to ready, and the memory of each service at rest and after work',
      minutes: 2,
      takes: '--rounds --seconds',
      run: (values) => startBench(amounts(values, { rounds: 3, seconds: 10, connections: 64 })),
    },
    growth: {
      says: 'sign-in, refresh and lists with a thousand users and with a million',
      minutes: 8,
      takes: '--users --rounds --seconds',
      amongAll: { users: '100000', rounds: '3' },
      run: (values) => {
        const how = amounts(values, { rounds: 5, seconds: 3, connections: 4 });
        return growthBench({ ...how, users: whole('users', values.users ?? '1000000', 1_000) });
      },
    },
    import: {
      says: "an export of Devise's, whole, again, and killed half-way",
      minutes: 2,
      takes: '--records',
      amongAll: { records: '20000' },
      run: (values) => importBench(whole('records', values.records ?? '100000', 100)),
    },
  }),
);
