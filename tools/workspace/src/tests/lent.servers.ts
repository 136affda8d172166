import { findMariadb } from '../mariadb/mariadb.binary.ts';
import { PrivateMariadb } from '../mariadb/private.mariadb.ts';
import { findValkey, PrivateValkey } from '../valkey/private.valkey.ts';
import { Trouble } from '../workspace/trouble.ts';

/** A server that tests are lent, where the machine has its program. */
interface Kind {
  /** Names a server to use instead. */
  readonly setting: 'TEST_MYSQL_URL' | 'TEST_REDIS_URL';
  /** Set to 1, its absence is a failure. */
  readonly requirement: 'REQUIRE_MYSQL' | 'REQUIRE_VALKEY';
  readonly programs: string;
  readonly debianPackage: string;
  /** What did not run without it. */
  readonly tests: string;
  start(): Promise<Server> | undefined;
}

interface Server {
  readonly url: string;
  close(): Promise<void>;
}

const KINDS: readonly Kind[] = [
  {
    setting: 'TEST_MYSQL_URL',
    requirement: 'REQUIRE_MYSQL',
    programs: 'mariadbd or mysqld',
    debianPackage: 'mariadb-server',
    tests: 'THE DATABASE TESTS ON MYSQL: they ran on SQLite alone',
    start: () => startWith(findMariadb(), (binary) => PrivateMariadb.start(binary)),
  },
  {
    setting: 'TEST_REDIS_URL',
    requirement: 'REQUIRE_VALKEY',
    programs: 'valkey-server or redis-server',
    debianPackage: 'redis-server',
    tests: 'THE TESTS WITH VALKEY: what replicas share was tried in memory alone',
    start: () => startWith(findValkey(), (program) => PrivateValkey.start(program)),
  },
];

/** Servers of our own for one run of the tests. */
export class LentServers {
  /** What tests find them by. */
  readonly environment: Record<string, string> = {};
  readonly #servers: Server[] = [];
  readonly #missing: Kind[] = [];

  /** @throws Trouble when one is missing that is required */
  static async start(): Promise<LentServers> {
    const lent = new LentServers();
    try {
      for (const kind of KINDS) if (!process.env[kind.setting]) await lent.#lend(kind);
    } catch (error) {
      await lent.close();
      throw error;
    }
    return lent;
  }

  /** What did not run for want of a server, a sentence for each. */
  get warnings(): string[] {
    return this.#missing.map(
      ({ tests, programs, debianPackage }) =>
        `NOT RUN: ${tests}.\nThere is no ${programs} on this machine: install one (for example the Debian package ${debianPackage}).`,
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  async #lend(kind: Kind): Promise<void> {
    const { setting, requirement, programs, debianPackage } = kind;
    const server = await kind.start();
    if (server) {
      this.#servers.push(server);
      this.environment[setting] = server.url;
    } else if (process.env[requirement] === '1') {
      throw new Trouble(
        `${requirement}=1, but there is no ${programs} on this machine: install one (for example the Debian package ${debianPackage}), or set ${setting}.`,
      );
    } else {
      this.#missing.push(kind);
    }
  }
}

function startWith<T>(
  found: T | undefined,
  start: (found: T) => Promise<Server>,
): Promise<Server> | undefined {
  return found === undefined ? undefined : start(found);
}
