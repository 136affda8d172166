import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from './database.url.js';

describe('a database URL', () => {
  it.each([
    ['sqlite:.data/articles.sqlite', '.data/articles.sqlite'],
    ['sqlite:/var/lib/articles.sqlite', '/var/lib/articles.sqlite'],
    ['sqlite:///var/lib/articles.sqlite', '/var/lib/articles.sqlite'],
  ])('names a file: %s', (url, file) => {
    expect(parseDatabaseUrl(url)).toEqual({ kind: 'sqlite', file });
  });

  it.each(['mysql', 'mariadb'])('names a schema on a server: %s', (scheme) => {
    expect(parseDatabaseUrl(`${scheme}://app:p%40ss@db.internal:3307/articles`)).toEqual({
      kind: 'mysql',
      host: 'db.internal',
      port: 3307,
      user: 'app',
      password: 'p@ss',
      schema: 'articles',
    });
  });

  it('uses MySQL’s port where it names none', () => {
    expect(parseDatabaseUrl('mysql://root@[::1]/articles')).toMatchObject({
      host: '::1',
      port: 3306,
      password: '',
    });
  });

  it.each([
    '',
    'sqlite:',
    'sqlite::memory:',
    'mysql://root@localhost',
    'mysql://localhost/a?b=c',
    'postgres://a/b',
    'mysql://a%ZZ@b/c',
    'articles.sqlite',
  ])('is refused: %j', (url) => expect(parseDatabaseUrl(url)).toBeUndefined());
});
