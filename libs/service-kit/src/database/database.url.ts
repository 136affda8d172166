/** Where a database is, as `DATABASE_URL` tells it. */
export type DatabaseLocation =
  | { kind: 'sqlite'; file: string }
  | { kind: 'mysql'; host: string; port: number; user: string; password: string; schema: string };

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
  const schema = decoded(url?.pathname.slice(1));
  if (!url || !/^(mysql|mariadb):$/.test(url.protocol) || !url.hostname || !schema || url.search)
    return undefined;
  return {
    kind: 'mysql',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 3306),
    user: decoded(url.username) ?? '',
    password: decoded(url.password) ?? '',
    schema,
  };
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
