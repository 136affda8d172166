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
