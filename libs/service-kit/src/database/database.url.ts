/** Where a database is, as `DATABASE_URL` tells it. */
export type DatabaseLocation = SqliteLocation | MysqlLocation;

/** A file; relative to the working directory where it is not absolute. */
export interface SqliteLocation {
  kind: 'sqlite';
  file: string;
}

/** A schema on a MySQL or MariaDB server. */
export interface MysqlLocation {
  kind: 'mysql';
  host: string;
  port: number;
  user: string;
  password: string;
  schema: string;
}

/**
 * Reads `sqlite:<path>` (relative to the working directory) or `mysql://user:password@host:port/schema`
 * (`mariadb://` is the same).
 *
 * @returns undefined for anything else
 */
export function parseDatabaseUrl(text: string): DatabaseLocation | undefined {
  if (text.startsWith('sqlite:')) {
    const file = text.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    return file && !file.startsWith(':') ? { kind: 'sqlite', file } : undefined;
  }
  const url = URL.parse(text);
  if (!url || !/^(mysql|mariadb):$/.test(url.protocol) || !url.hostname || url.search) return undefined;
  const [user, password, schema] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  if (user === undefined || password === undefined || !schema) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { kind: 'mysql', host, port: Number(url.port || 3306), user, password, schema };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
