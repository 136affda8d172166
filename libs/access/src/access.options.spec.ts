import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { describe, expect, it } from 'vitest';
import { AccessModule } from './access.module.js';
import type { AccessOptions } from './access.options.js';
import { AccessMisconfigured } from './errors/access-misconfigured.error.js';

const GOOD: AccessOptions = {
  issuer: 'https://id.example.com',
  audience: 'gatehouse',
  client: { id: 'articles', secret: 's3cret' },
};

/** The options that are complained about. */
function mistakesIn(options: object): string[] {
  try {
    AccessModule.forRoot({ ...GOOD, ...options });
    return [];
  } catch (error) {
    if (!(error instanceof AccessMisconfigured)) throw error;
    return error.mistakes.map((mistake) => mistake.split(':', 1)[0]!);
  }
}

describe('the options of AccessModule', () => {
  it('need no more than issuer, audience and client', () => {
    expect(mistakesIn({})).toEqual([]);
  });

  it('need no client where it is said aloud that revocations do not matter', () => {
    expect(mistakesIn({ client: undefined })).toEqual(['client']);
    expect(mistakesIn({ client: undefined, revocation: 'off' })).toEqual([]);
  });

  it.each([
    [{ issuer: undefined }, 'issuer'],
    [{ issuer: 'id.example.com' }, 'issuer'],
    [{ issuer: 'ftp://id.example.com' }, 'issuer'],
    [{ issuer: 'https://id.example.com?x' }, 'issuer'],
    [{ issuer: 'https://id.example.com#x' }, 'issuer'],
    [{ issuer: 'https://user:pass@id.example.com' }, 'issuer'],
    [{ audience: '' }, 'audience'],
    [{ audience: undefined }, 'audience'],
    [{ identityUrl: 'localhost:3000' }, 'identityUrl'],
    [{ resource: '/articles' }, 'resource'],
    [{ allowedOrigins: ['https://app.example.com/'] }, 'allowedOrigins'],
    [{ allowedOrigins: ['*'] }, 'allowedOrigins'],
    [{ cookieDomain: '.example.com' }, 'cookieDomain'],
    [{ cookieDomain: 'https://example.com' }, 'cookieDomain'],
    [{ realm: 'line\nbreak' }, 'realm'],
    [{ client: { id: 'articles', secret: '' } }, 'client'],
    [{ client: { id: '', secret: 'x' } }, 'client'],
    [{ revocation: 'on' }, 'revocation'],
    [{ feedMaxStaleness: 0 }, 'feedMaxStaleness'],
    [{ feedMaxStaleness: NaN }, 'feedMaxStaleness'],
    [{ feedFile: '' }, 'feedFile'],
    [{ feedFile: '/var/lib/feed', client: undefined, revocation: 'off' }, 'feedFile'],
  ])('refuse %j at start', (options, name) => {
    expect(mistakesIn(options)).toContain(name);
  });

  it('name every mistake at once, with the remedy and without the secret', () => {
    const options = { issuer: 'x', audience: '', client: { id: '', secret: 'hunter2' } };
    expect(() => AccessModule.forRoot(options)).toThrow(
      /issuer: give .*\n.*audience: give .*\n.*client: give both/,
    );
    expect(() => AccessModule.forRoot(options)).not.toThrow(/hunter2/);
  });

  it('may come from another provider', async () => {
    @Injectable()
    class Config {
      readonly issuer = 'https://id.example.com';
    }
    @Module({ providers: [Config], exports: [Config] })
    class ConfigModule {}
    const access = (audience: string) =>
      AccessModule.forRootAsync({
        imports: [ConfigModule],
        inject: [Config],
        useFactory: ({ issuer }: Config) => ({ issuer, audience, revocation: 'off' as const }),
      });
    const start = (audience: string) => {
      @Module({ imports: [access(audience)] })
      class AppModule {}
      return NestFactory.create(AppModule, new FastifyAdapter(), { logger: false, abortOnError: false });
    };
    await (await start('gatehouse')).close();
    await expect(start('')).rejects.toThrow(AccessMisconfigured);
  });
});
