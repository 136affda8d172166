import { type App, findApps, findMariadb, freePort, PrivateMariadb } from '@gatehouse/workspace';
import { createConnection, type Connection } from 'mysql2/promise';
import { Replica } from './replica.ts';

/** What a house is opened with. */
export interface HouseOptions {
  replicas: number;
  environment?: Record<string, string>;
  /** Puts something between identity and its database: tells the port to connect to in place of the database's. */
  through?: (port: number) => Promise<number>;
}

const SCHEMA = 'identity';
/** Whom identity is to its database: nobody who may do what is refused to others. */
const USER = "gatehouse@'127.0.0.1'";

/** Replicas of identity on a MariaDB of their own, which keeps what it committed. */
export class House {
  readonly database: PrivateMariadb;
  readonly replicas: readonly Replica[];

  private constructor(database: PrivateMariadb, replicas: readonly Replica[]) {
    this.database = database;
    this.replicas = replicas;
  }

  static async open({ replicas, environment = {}, through }: HouseOptions): Promise<House> {
    const binary = findMariadb();
    if (!binary) throw new Error('Neither mariadbd nor mysqld is on PATH: install one, and try again.');
    const database = await PrivateMariadb.start(binary, {
      durable: true,
      arguments: ['--max-connections=200'],
    });
    try {
      const connection = await createConnection(database.url);
      await connection.query(`CREATE DATABASE ${SCHEMA}`);
      await connection.query(`CREATE USER ${USER}`);
      await connection.query(`GRANT ALL ON ${SCHEMA}.* TO ${USER}`);
      await connection.end();
      const port = (await through?.(database.port)) ?? database.port;
      const env = { DATABASE_URL: `mysql://gatehouse@127.0.0.1:${port}/${SCHEMA}`, ...environment };
      const house = new House(database, await replicasOf(identity(), replicas, env));
      await Promise.all(house.replicas.map((replica) => replica.listening()));
      return house;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** The replica whose turn it is. */
  replica(turn: number): Replica {
    return this.replicas[turn % this.replicas.length]!;
  }

  /** A connection to look into the database with; the caller ends it. */
  connect(): Promise<Connection> {
    return createConnection({ uri: `${this.database.url}/${SCHEMA}`, timezone: 'Z', charset: 'utf8mb4' });
  }

  /** How many connections the replicas have. */
  async connections(): Promise<number> {
    const connection = await this.connect();
    const [rows] = await connection.query(
      'SELECT id FROM information_schema.processlist WHERE user = "gatehouse"',
    );
    await connection.end();
    return (rows as unknown[]).length;
  }

  async close(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.stop()));
    await this.database.close();
  }
}

function identity(): App {
  const app = findApps().find(({ name }) => name === 'identity');
  if (!app) throw new Error('There is no app called identity.');
  return app;
}

async function replicasOf(app: App, count: number, environment: Record<string, string>): Promise<Replica[]> {
  const replicas: Replica[] = [];
  for (let made = 0; made < count; made += 1) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      LOGIN_LIMITS: 'off',
      PORT: String(await freePort()),
      ...environment,
    };
    replicas.push(new Replica(app, env));
  }
  return replicas;
}
