import { describe, expect, it } from 'vitest';
import type { App } from './apps.ts';
import { environmentOf } from './environment.ts';

const app = (name: string, port: number) => ({ name, port }) as App;
const identity = app('identity', 3000);
const articles = app('articles', 3001);
const apps = [identity, articles];
const forArticles = (env: Record<string, string>) => environmentOf(articles, apps, env);

describe('the environment a service is started with', () => {
  it('tells where every service is', () => {
    expect(forArticles({})).toMatchObject({
      PORT: '3001',
      PUBLIC_URL: 'http://localhost:3001',
      ISSUER: 'http://localhost:3000',
      IDENTITY_URL: 'http://localhost:3000',
    });
  });

  it('moves the addresses with the ports', () => {
    expect(forArticles({ IDENTITY_PORT: '3100' })).toMatchObject({
      PORT: '3001',
      ISSUER: 'http://localhost:3100',
      IDENTITY_URL: 'http://localhost:3100',
    });
  });

  it('passes on what is set for all, and as it is called there what is set for one', () => {
    const env = { LOG_LEVEL: 'warn', ARTICLES_LOG_LEVEL: 'debug' };
    expect(environmentOf(identity, apps, env)['LOG_LEVEL']).toBe('warn');
    expect(forArticles(env)['LOG_LEVEL']).toBe('debug');
  });

  it('does not let one PORT of the environment claim all services', () => {
    expect(forArticles({ PORT: '8080' })['PORT']).toBe('3001');
  });

  it('gives each service a schema of its own on one MySQL server', () => {
    expect(forArticles({ DATABASE_URL: 'mysql://root@db:3307/' })['DATABASE_URL']).toBe(
      'mysql://root@db:3307/articles',
    );
    expect(forArticles({ DATABASE_URL: 'mysql://root@db/shop' })['DATABASE_URL']).toBe(
      'mysql://root@db/shop_articles',
    );
  });

  it('takes a database URL for one service as it is', () => {
    expect(forArticles({ ARTICLES_DATABASE_URL: 'sqlite:a.sqlite' })['DATABASE_URL']).toBe('sqlite:a.sqlite');
  });

  it('refuses one SQLite file for all', () => {
    expect(() => forArticles({ DATABASE_URL: 'sqlite:all.sqlite' })).toThrow(
      /set IDENTITY_DATABASE_URL, ARTICLES_DATABASE_URL/,
    );
  });

  it('refuses what is no port, by its name', () => {
    expect(() => forArticles({ ARTICLES_PORT: 'http' })).toThrow(/ARTICLES_PORT is no port/);
  });
});
