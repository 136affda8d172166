import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/ports.ts';
import { PrivateServer } from '../processes/private.server.ts';
import { type MariadbBinary, prepareFolder } from './mariadb.binary.ts';

/** How a private database server is run. */
export interface MariadbOptions {
  /** Keeps what was committed over a kill -9, at the price of speed. Off by default: tests throw it all away. */
  readonly durable?: boolean;
  /** More of the server's own options, such as `--max-connections=20`. */
  readonly arguments?: readonly string[];
}

const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
const QUICK = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--sync-binlog=0'];

/** A MariaDB or MySQL server of our own: in a temporary folder, on a free loopback port, gone when closed. */
export class PrivateMariadb extends PrivateServer {
  readonly port: number;

  private constructor({ server }: MariadbBinary, folder: string, port: number, options: MariadbOptions) {
    // The server greets whoever connects.
    super({ program: server, arguments: settings(folder, port, options), port, folder, says: () => true });
    this.port = port;
  }

  static async start(binary: MariadbBinary, options: MariadbOptions = {}): Promise<PrivateMariadb> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-mariadb-'));
    const database = new PrivateMariadb(binary, folder, await freePort(), options);
    try {
      await prepareFolder(binary, join(folder, 'data'), asRoot);
      await database.up();
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  /** The server's address, with no schema: `mysql://root@127.0.0.1:<port>`. */
  get url(): string {
    return `mysql://root@127.0.0.1:${this.port}`;
  }
}

function settings(folder: string, port: number, options: MariadbOptions): string[] {
  return [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-log-bin',
    '--skip-name-resolve',
    '--innodb-buffer-pool-size=64M',
    ...(options.durable ? [] : QUICK),
    ...asRoot,
    ...(options.arguments ?? []),
  ];
}
