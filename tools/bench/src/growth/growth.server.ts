import { findMariadb, PrivateMariadb } from '@gatehouse/workspace';
import { createConnection, type Connection } from 'mysql2/promise';

/** Room for the larger data: both sizes have the same. */
const BUFFER_POOL = '1G';

/** A private MariaDB that keeps what it has committed, with one schema for each size. */
export class GrowthServer {
  private constructor(private readonly mariadb: PrivateMariadb) {}

  static async start(): Promise<GrowthServer> {
    const binary = findMariadb();
    if (!binary) throw new Error('The growth is measured on MariaDB: install mariadb-server.');
    const options = [
      `--innodb-buffer-pool-size=${BUFFER_POOL}`,
      '--innodb-log-file-size=512M',
      '--local-infile=1',
    ];
    return new GrowthServer(await PrivateMariadb.start(binary, { durable: true, arguments: options }));
  }

  /** @returns the URL of a new schema */
  async addSchema(name: string): Promise<string> {
    const connection = await createConnection(this.mariadb.url);
    await connection.query(`CREATE DATABASE ${name}`);
    await connection.end();
    return `${this.mariadb.url}/${name}`;
  }

  /** Stops it and removes all that it kept. */
  close(): Promise<void> {
    return this.mariadb.close();
  }
}

/** Connects to load rows: nothing is checked that is known to be right. */
export async function connectToLoad(url: string): Promise<Connection> {
  const connection = await createConnection({ uri: url, flags: ['+LOCAL_FILES'], timezone: 'Z' });
  await connection.query('SET unique_checks = 0, foreign_key_checks = 0');
  return connection;
}
