import type { Canary } from './canary.ts';

/** Flaws of what every service is built on. */
export const SERVICE_CANARIES: readonly Canary[] = [
  {
    name: 'no-drain',
    flaw: 'SIGTERM cuts off the requests that run',
    edits: [
      {
        file: 'libs/service-kit/src/process/graceful.stop.ts',
        from: 'if (!server.listening) return;',
        to: 'server.closeAllConnections();',
      },
    ],
    check: {
      spec: 'libs/service-kit/src/process/graceful.stop.spec.ts',
      test: 'finishes what runs, takes nothing new, and exits with 0: SIGTERM',
    },
  },
  {
    name: 'no-database-deadline',
    flaw: 'a database that hangs is waited for',
    edits: [
      {
        file: 'libs/service-kit/src/database/mysql.database.ts',
        from: 'const SERVING: DatabaseLimits = { acquire: 1_000, statement: 1_250 };',
        to: 'const SERVING: DatabaseLimits = { acquire: 60_000, statement: 60_000 };',
      },
      {
        file: 'libs/service-kit/src/database/mysql.database.ts',
        from: 'const TRANSACTION_LIMIT = 1_750;',
        to: 'const TRANSACTION_LIMIT = 60_000;',
      },
    ],
    check: {
      spec: 'libs/service-kit/src/database/mysql.limits.spec.ts',
      test: 'a server that hangs refuses everybody',
    },
  },
  {
    name: 'queue-without-foresight',
    flaw: 'whoever comes waits for a connection that will not be free in time',
    edits: [
      {
        file: 'libs/service-kit/src/database/bounded.pool.ts',
        from: 'if (isFull && this.wait.ofNext > patience) return',
        to: 'if (isFull && this.wait.ofNext < 0) return',
      },
    ],
    check: { fault: 'pool-exhausted', rounds: 1 },
  },
  {
    name: 'too-late-an-answer',
    flaw: 'a database that stands still is waited for twice as long as anybody waits for an answer',
    edits: [
      {
        file: 'libs/service-kit/src/database/mysql.database.ts',
        from: 'const SERVING: DatabaseLimits = { acquire: 1_000, statement: 1_250 };',
        to: 'const SERVING: DatabaseLimits = { acquire: 4_000, statement: 4_000 };',
      },
      {
        file: 'libs/service-kit/src/database/mysql.database.ts',
        from: 'const TRANSACTION_LIMIT = 1_750;',
        to: 'const TRANSACTION_LIMIT = 4_000;',
      },
      {
        file: 'libs/service-kit/src/database/time.left.ts',
        from: 'const ANSWER_WITHIN = 1_600;',
        to: 'const ANSWER_WITHIN = 4_000;',
      },
    ],
    check: { fault: 'database-paused', rounds: 1 },
  },
  {
    name: 'endless-tries',
    flaw: 'who loses against others tries again, as often as there is time for',
    edits: [
      {
        file: 'libs/service-kit/src/database/mysql.database.ts',
        from: 'const MAX_RETRIES = 3;',
        to: 'const MAX_RETRIES = 30;',
      },
    ],
    check: { fault: 'database-refuses', rounds: 1 },
  },
  {
    name: 'headers-in-the-log',
    flaw: 'the log has the headers of each request, credentials included',
    edits: [
      {
        file: 'libs/service-kit/src/logging/request.log.ts',
        from: '      ...callerOf(request),\n    },',
        to: '      ...callerOf(request),\n      headers: request.headers,\n    },',
      },
    ],
    check: { spec: 'libs/service-kit/src/logging/request.log.spec.ts', test: 'has no secret of a request' },
  },
];
