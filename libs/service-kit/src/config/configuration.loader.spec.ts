import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { Type } from 'class-transformer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from './configuration.error.js';
import { loadConfig } from './configuration.loader.js';
import { DatabaseUrl } from './database-url.decorator.js';
import { Duration } from './duration.decorator.js';
import { Flag } from './flag.decorator.js';
import { GuardedServiceConfig } from './guarded-service.config.js';
import { ServiceConfig } from './service.config.js';
import { Setting } from './setting.decorator.js';
import type { Environment } from './setting.reader.js';

class ShopConfig extends GuardedServiceConfig {
  @Setting({ name: 'PORT', describe: 'Port of the shop.', default: '3009' })
  declare port: number;

  @Setting({ name: 'DATABASE_URL', describe: 'Where goods are.', default: 'sqlite:.data/shop.sqlite' })
  @DatabaseUrl()
  databaseUrl!: string;

  @Setting({ name: 'CART_TTL', describe: 'How long a cart lives.', default: '1d' })
  @Duration()
  cartTtl!: number;

  @Setting({ name: 'OPEN', describe: 'Whether one can buy.', default: 'on', productionDefault: 'off' })
  @Flag()
  open!: boolean;

  @Setting({ name: 'NOTE', describe: 'Anything.' })
  @IsOptional()
  @IsString()
  note?: string;

  @Setting({ name: 'LIMIT', describe: 'No default at all.' })
  @Type(() => Number)
  @IsInt()
  limit!: number;
}

const SECRET = 'rB7q0mZ1xVw9tYkE3uHs6dNf8cJp5gLa2iQo4';
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://shop.example.org',
  ISSUER: 'https://id.example.org/',
  CLIENT_ID: 'shop',
  CLIENT_SECRET: SECRET,
  LIMIT: '1',
};

const load = (env: Environment = {}) => loadConfig(ShopConfig, { LIMIT: '1', ...env });

function mistakes(env: Environment): string[] {
  try {
    loadConfig(ShopConfig, env);
  } catch (error) {
    if (error instanceof ConfigurationError) return [...error.mistakes];
    throw error;
  }
  return [];
}

describe('the configuration of a service', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('needs little in development', () => {
    expect(load()).toMatchObject({
      nodeEnv: 'development',
      port: 3009,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      trustProxy: false,
      shutdownTimeout: 10_000,
      logLevel: 'info',
      issuer: 'http://localhost:3000',
      identityUrl: 'http://localhost:3000',
      audience: 'gatehouse',
      clientId: 'consumer',
      clientSecret: 'consumer-secret-for-development',
      feedMaxStaleness: 1800,
      databaseUrl: 'sqlite:.data/shop.sqlite',
      cartTtl: 86_400,
      open: true,
      limit: 1,
    });
    expect(load()).toMatchObject({ production: false, loopback: true });
  });

  it('is stricter and more open in production', () => {
    expect(loadConfig(ShopConfig, PRODUCTION)).toMatchObject({
      production: true,
      loopback: false,
      host: '0.0.0.0',
      issuer: 'https://id.example.org',
      identityUrl: 'https://id.example.org',
      open: false,
    });
  });

  it('lists every mistake at once, by name, with a remedy and without a value', () => {
    const found = mistakes({
      NODE_ENV: 'prod-tell-nobody',
      PORT: '70000',
      PUBLIC_URL: 'ftp://tell-nobody',
      TRUST_PROXY: 'tell-nobody',
      SHUTDOWN_TIMEOUT: 'tell-nobody',
      LOG_LEVEL: 'tell-nobody',
      CLIENT_ID: 'Tell_Nobody',
      DATABASE_URL: 'postgres://tell-nobody',
      OPEN: 'tell-nobody',
    });
    const names = [
      'NODE_ENV',
      'PORT',
      'PUBLIC_URL',
      'TRUST_PROXY',
      'SHUTDOWN_TIMEOUT',
      'LOG_LEVEL',
      'CLIENT_ID',
      'DATABASE_URL',
      'OPEN',
      'LIMIT',
    ];
    expect(found.map((sentence) => sentence.split(' ')[0])).toEqual(expect.arrayContaining(names));
    expect(found).toHaveLength(names.length);
    expect(found.join('\n')).not.toMatch(/tell-nobody|70000/i);
    expect(found).toContain('LIMIT is missing. Set LIMIT. No default at all.');
    expect(found).toContain('PORT must not be greater than 65535. Port of the shop.');
  });

  it('has no default names and secrets in production', () => {
    const found = mistakes({ NODE_ENV: 'production', LIMIT: '1' });
    expect(found.map((sentence) => sentence.split(' ')[0])).toEqual([
      'PUBLIC_URL',
      'ISSUER',
      'CLIENT_ID',
      'CLIENT_SECRET',
    ]);
    expect(found.at(-1)).toBe(
      'CLIENT_SECRET is missing. Set CLIENT_SECRET, or CLIENT_SECRET_FILE to the path of a file that holds it. The secret that identity gave to CLIENT_ID.',
    );
  });

  it.each([
    ['the one that development uses', 'consumer-secret-for-development'],
    ['shorter than 32 characters', SECRET.slice(0, 31)],
    ['made of too few different characters', 'abc'.repeat(20)],
    ['a placeholder', 'change-me-0123456789-abcdefghijklmnop'],
  ])('refuses a secret in production that is %s', (flaw, secret) => {
    const [mistake, ...others] = mistakes({ ...PRODUCTION, CLIENT_SECRET: secret });
    expect(mistake).toBe(
      `CLIENT_SECRET is ${flaw}. Set it to a random one, such as \`openssl rand -base64 32\` prints.`,
    );
    expect(others).toEqual([]);
  });

  it('takes a secret from a file', async () => {
    const file = join(folder, 'secret');
    await writeFile(file, `${SECRET}\n`);
    expect(load({ CLIENT_SECRET_FILE: file }).clientSecret).toBe(SECRET);
    expect(mistakes({ LIMIT: '1', CLIENT_SECRET_FILE: file, CLIENT_SECRET: SECRET })).toEqual([
      'CLIENT_SECRET and CLIENT_SECRET_FILE are both set. Remove one of them.',
    ]);
    expect(mistakes({ LIMIT: '1', CLIENT_SECRET_FILE: join(folder, 'gone') })).toEqual([
      'CLIENT_SECRET_FILE names a file that cannot be read. Correct its path or its permissions.',
    ]);
  });

  it('takes blank for not set', () => {
    expect(load({ PORT: '', ISSUER: ' ' })).toMatchObject({ port: 3009, issuer: 'http://localhost:3000' });
  });

  it.each([
    ['15m', 900],
    ['1d', 86_400],
    ['10s', 10],
    ['7', 7],
    ['0', 0],
    ['500ms', 0.5],
  ])('reads durations: %s', (text, seconds) => expect(load({ CART_TTL: text }).cartTtl).toBe(seconds));

  it.each(['', 'soon', '-1s', '1.5h', '10 s', '1w', '99999999999s'])(
    'refuses other durations: %j',
    (text) => {
      expect(mistakes({ LIMIT: '1', CART_TTL: text || '?' })).toEqual([
        'CART_TTL must be a duration such as 15m, 1d or 10s. How long a cart lives.',
      ]);
    },
  );

  it.each([
    ['off', false],
    ['10.0.0.0/8, 192.168.1.7', ['10.0.0.0/8', '192.168.1.7']],
    ['loopback', ['loopback']],
    ['::1/128', ['::1/128']],
  ])('reads whom to believe: %s', (text, networks) =>
    expect(load({ TRUST_PROXY: text }).trustProxy).toEqual(networks),
  );

  it.each(['true', '1', '10.0.0.0/33', '10.0.0', 'proxy.example.org'])('believes nobody else: %s', (text) => {
    expect(mistakes({ LIMIT: '1', TRUST_PROXY: text })).toHaveLength(1);
  });

  it.each(['localhost', 'http://user:pw@a', 'http://a?b', 'http://a#b', 'ftp://a', 'http://'])(
    'wants a URL where one is due: %s',
    (text) => expect(mistakes({ LIMIT: '1', ISSUER: text })).toHaveLength(1),
  );

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])(
    'knows this machine’s own addresses: %s',
    (host) => {
      expect(load({ HOST: host }).loopback).toBe(true);
    },
  );

  it.each(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.evil.example'])(
    'knows that others are not: %s',
    (host) => {
      expect(load({ HOST: host }).loopback).toBe(false);
    },
  );

  it('cannot be changed once read', () => {
    expect(() => Object.assign(load(), { port: 1 })).toThrow(TypeError);
    expect(loadConfig(ServiceConfig, {}).port).toBe(3000);
  });
});
