import { existsSync, readFileSync } from 'node:fs';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** All that a database holds, as one text: of SQLite the bytes of its files, of MySQL every column of every row. */
export async function bytesOf(url: string): Promise<string> {
  if (!url.startsWith('sqlite:')) return dumpOf(url);
  const file = url.slice('sqlite:'.length);
  const files = [file, `${file}-wal`].filter((path) => existsSync(path));
  return files.map((path) => readFileSync(path, 'latin1')).join('\n');
}

/** Runs one statement, past the service whose database it is. */
export async function execute(url: string, statement: string): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const { default: Sqlite } = await import('better-sqlite3');
    const database = new Sqlite(url.slice('sqlite:'.length), { timeout: 5_000 });
    database.exec(statement);
    database.close();
    return;
  }
  const connection = await createConnection(url);
  await connection.query(statement);
  await connection.end();
}

async function dumpOf(url: string): Promise<string> {
  const connection = await createConnection(url);
  try {
    const [tables] = await connection.query<RowDataPacket[]>('SHOW TABLES');
    const names = tables.map((row) => String(Object.values(row)[0]));
    const rows = [];
    for (const name of names)
      rows.push(...(await connection.query<RowDataPacket[]>(`SELECT * FROM \`${name}\``))[0]);
    return rows
      .flatMap((row) => Object.values(row))
      .map(textOf)
      .join('\n');
  } finally {
    await connection.end();
  }
}

function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return `${value.toString('latin1')} ${value.toString('hex')}`;
  return JSON.stringify(value);
}
