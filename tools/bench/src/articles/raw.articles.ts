import Sqlite from 'better-sqlite3';
import { createPool } from 'mysql2/promise';

/** Articles as a driver gives them, and nothing else done to them. */
export interface RawArticles {
  page(limit: number): Promise<object[]>;
  one(id: number): Promise<object>;
  close(): Promise<void>;
}

/** As many connections as the service has. */
const CONNECTIONS = 10;

const PAGE = 'SELECT id, title, body, created_at, updated_at FROM articles WHERE id > ? ORDER BY id LIMIT ?';
const ONE = 'SELECT id, title, body, created_at, updated_at FROM articles WHERE id = ?';

/** Opens the database of the service by its driver, with prepared statements. */
export function rawArticles(databaseUrl: string): RawArticles {
  return databaseUrl.startsWith('sqlite:')
    ? rawSqlite(databaseUrl.slice('sqlite:'.length))
    : rawMysql(databaseUrl);
}

function rawSqlite(file: string): RawArticles {
  const database = new Sqlite(file, { readonly: true });
  const [page, one] = [database.prepare(PAGE), database.prepare(ONE)];
  return {
    page: async (limit) => page.all(0, limit + 1) as object[],
    one: async (id) => one.get(id) as object,
    close: async () => void database.close(),
  };
}

function rawMysql(uri: string): RawArticles {
  const pool = createPool({ uri, timezone: 'Z', connectionLimit: CONNECTIONS });
  const rows = async (sql: string, values: number[]): Promise<object[]> =>
    (await pool.execute(sql, values))[0] as object[];
  return {
    // MariaDB takes a prepared LIMIT as a string of digits too, MySQL alone so.
    page: (limit) => rows(PAGE, [0, `${limit + 1}` as unknown as number]),
    one: async (id) => (await rows(ONE, [id]))[0]!,
    close: () => pool.end(),
  };
}
