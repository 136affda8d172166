import { consumerBench } from './consumer/consumer.bench.js';
import { growthBench } from './growth/growth.bench.js';
import type { SignatureAlgorithm } from './guard/bench.identity.js';
import { guardBench } from './guard/guard.bench.js';
import { SUBJECTS } from './guard/subjects.js';
import { importBench } from './import/import.bench.js';
import { loginBench } from './login/login.bench.js';
import { revocationBenches } from './revocation/revocation.bench.js';
import { tokensBench } from './tokens/tokens.bench.js';

/** What the command line takes, for all benches together. */
export const OPTIONS = {
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '3' },
  connections: { type: 'string' },
  algorithm: { type: 'string', default: 'ES256,RS256' },
  workload: { type: 'string', default: 'hot,thousand,distinct' },
  subject: { type: 'string', default: Object.keys(SUBJECTS).join(';') },
  guards: { type: 'string', default: '20,500' },
  revocations: { type: 'string', default: '100' },
  database: { type: 'string' },
  entries: { type: 'string', default: '1000000' },
  articles: { type: 'string', default: '2' },
  callers: { type: 'string', default: '10' },
  users: { type: 'string', default: '1000000' },
  records: { type: 'string', default: '100000' },
} as const;

/** The options, as they were given. */
type Values = Omit<Record<keyof typeof OPTIONS, string>, 'connections' | 'database'> & {
  readonly connections?: string;
  readonly database?: string;
};

/** One bench: what it measures, its usual time, and what of the options it takes. */
interface Bench {
  readonly says: string;
  readonly takes: string;
  run(values: Values): Promise<void>;
}

/** All benches, by name. */
export const BENCHES: ReadonlyMap<string, Bench> = new Map(
  Object.entries<Bench>({
    guard: {
      says: 'a guarded route beside an open one and beside other guards',
      takes: '15 min; --rounds --seconds --connections --algorithm --workload --subject',
      run: (values) =>
        guardBench({
          ...thoroughness(values),
          connections: whole('connections', values.connections ?? '64'),
          algorithms: values.algorithm.split(',') as SignatureAlgorithm[],
          workloads: values.workload.split(','),
          subjects: values.subject.split(';'),
        }),
    },
    login: {
      says: 'sign-ins beside their hash alone and beside peers, and another route meanwhile',
      takes: '2 min; --rounds --seconds --connections',
      run: (values) =>
        loginBench({ ...thoroughness(values), connections: whole('connections', values.connections ?? '8') }),
    },
    tokens: {
      says: 'refresh and client credentials beside their statements alone and beside oidc-provider',
      takes: '4 min; --rounds --seconds --connections',
      run: (values) =>
        tokensBench({
          ...thoroughness(values),
          connections: whole('connections', values.connections ?? '16'),
        }),
    },
    revocation: {
      says: 'until every guard refuses what was revoked, and what knowing many costs',
      takes: '3 min; --guards --revocations --database --entries',
      run: (values) =>
        revocationBenches({
          guards: values.guards.split(',').map((count) => whole('guards', count)),
          revocations: whole('revocations', values.revocations),
          databaseUrl: values.database,
          entries: whole('entries', values.entries),
        }),
    },
    consumer: {
      says: 'a route that calls another service, with a kept answer and without',
      takes: '1 min; --rounds --seconds --connections --articles --callers',
      run: (values) =>
        consumerBench({
          ...thoroughness(values),
          connections: whole('connections', values.connections ?? '64'),
          articles: whole('articles', values.articles),
          callers: whole('callers', values.callers),
        }),
    },
    growth: {
      says: 'sign-in, refresh and lists with a thousand users and with a million',
      takes: '8 min; --users --rounds --seconds',
      run: (values) => growthBench({ ...thoroughness(values), users: whole('users', values.users, 1_000) }),
    },
    import: {
      says: "an export of Devise's, whole, again, and killed half-way",
      takes: '2 min; --records',
      run: (values) => importBench(whole('records', values.records, 100)),
    },
  }),
);

function thoroughness({ rounds, seconds }: Values): { rounds: number; seconds: number } {
  return { rounds: whole('rounds', rounds), seconds: whole('seconds', seconds) };
}

/** An option that is a whole number. */
function whole(name: string, text: string, least = 1): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) {
    console.error(`--${name} must be a whole number from ${least.toLocaleString('en')} on.`);
    process.exit(2);
  }
  return number;
}
