import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { findProgram } from '../processes/programs.ts';

const run = promisify(execFile);

/** An installed database server. */
export interface MariadbBinary {
  readonly server: string;
  /** MariaDB's script that lays out an empty data folder; MySQL's server does that itself. */
  readonly installer?: string;
}

/** The machine's own MariaDB or MySQL server, where it has one. */
export function findMariadb(): MariadbBinary | undefined {
  const mariadb = findProgram('mariadbd');
  const installer = findProgram('mariadb-install-db') ?? findProgram('mysql_install_db');
  if (mariadb && installer) return { server: mariadb, installer };
  const mysql = findProgram('mysqld');
  return mysql ? { server: mysql, ...(installer && { installer }) } : undefined;
}

/** Lays out an empty data folder whose root user has no password: the server listens on loopback alone. */
export async function prepareFolder(
  { server, installer }: MariadbBinary,
  folder: string,
  identity: readonly string[],
): Promise<void> {
  mkdirSync(folder);
  if (installer) {
    await run(installer, [
      '--no-defaults',
      `--datadir=${folder}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...identity,
    ]);
  } else {
    await run(server, ['--no-defaults', '--initialize-insecure', `--datadir=${folder}`, ...identity]);
  }
}
