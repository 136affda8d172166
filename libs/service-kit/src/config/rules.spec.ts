import { describe, expect, it } from 'vitest';
import { ConfigurationError } from './configuration.error.js';
import { loadConfig } from './configuration.loader.js';
import { Duration } from './duration.decorator.js';
import { Rule } from './rule.decorator.js';
import { ServiceConfig } from './service.config.js';
import { Setting } from './setting.decorator.js';
import type { Environment } from './setting.reader.js';

class LampConfig extends ServiceConfig {
  @Setting({ name: 'DIM_AFTER', describe: 'When it dims.', default: '5m' })
  @Duration('seconds', { min: '1s', max: '1h' })
  @Rule<LampConfig>((config) => !(config.dimAfter > config.offAfter), '$property must not exceed OFF_AFTER')
  dimAfter!: number;

  @Setting({ name: 'OFF_AFTER', describe: 'When it goes off.', default: '10m' })
  @Duration()
  offAfter!: number;

  @Setting({ name: 'ROOMS', describe: 'Where it is.', default: 'all', blank: 'none' })
  rooms!: string;

  @Setting({ name: 'ONE_KEY', describe: 'A key.', developmentDefault: 'one', secret: true })
  oneKey!: string;

  @Setting({ name: 'OTHER_KEY', describe: 'Another.', developmentDefault: 'other', secret: true })
  otherKey!: string;
}

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://lamp.example.org',
  ONE_KEY: 'rB7q0mZ1xVw9tYkE3uHs6dNf8cJp5gLa2iQo4',
  OTHER_KEY: 'a2iQo4rB7q0mZ1xVw9tYkE3uHs6dNf8cJp5gL',
};

function mistakes(env: Environment): readonly string[] {
  try {
    loadConfig(LampConfig, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
}

describe('what must hold of settings', () => {
  it.each([
    {},
    { DIM_AFTER: '1h', OFF_AFTER: '1h' },
    PRODUCTION,
    { ...PRODUCTION, PUBLIC_URL: 'http://localhost:1' },
  ])('holds of %o', (env) => expect(mistakes(env)).toEqual([]));

  it.each([
    [{ DIM_AFTER: '0' }, 'DIM_AFTER must be a duration from 1s to 1h, such as 15m, 1d or 10s. When it dims.'],
    [
      { DIM_AFTER: '61m', OFF_AFTER: '2h' },
      'DIM_AFTER must be a duration from 1s to 1h, such as 15m, 1d or 10s. When it dims.',
    ],
    [{ DIM_AFTER: '11m' }, 'DIM_AFTER must not exceed OFF_AFTER. When it dims.'],
  ])('is told in one sentence of %o', (env, sentence) => expect(mistakes(env)).toEqual([sentence]));

  it.each([
    [undefined, 'all'],
    [' ', 'none'],
    ['hall', 'hall'],
  ])('is, where blank stands for something, of %j %j', (rooms, expected) => {
    expect(loadConfig(LampConfig, { ROOMS: rooms })).toMatchObject({ rooms: expected });
  });

  it('is https in production, where others call', () => {
    const [mistake] = mistakes({ ...PRODUCTION, PUBLIC_URL: 'http://lamp.example.org' });
    expect(mistake).toMatch(/^PUBLIC_URL must begin with https in production\./);
  });

  it('is one secret for one purpose', () => {
    const [mistake, ...more] = mistakes({ ...PRODUCTION, OTHER_KEY: PRODUCTION.ONE_KEY });
    expect([mistake, more]).toEqual([
      expect.stringMatching(/^OTHER_KEY is the same as ONE_KEY\. Set it/),
      [],
    ]);
  });

  it.each(['*', 'https://a.example/', 'ftp://a.example', 'a.example', 'https://a.example,*', 'null'])(
    'is an origin where origins are listed: %s',
    (origins) => expect(mistakes({ CORS_ORIGINS: origins })[0]).toMatch(/^CORS_ORIGINS must list origins/),
  );

  it('are origins of https in production', () => {
    expect(mistakes({ ...PRODUCTION, CORS_ORIGINS: 'http://a.example' })).toHaveLength(1);
    expect(mistakes({ CORS_ORIGINS: 'http://a.example, https://b.example' })).toEqual([]);
  });
});
