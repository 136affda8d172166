import { testDatabases } from '@gatehouse/service-kit/testing';
import { findApps } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { type OtlpCollector, startCollector } from '../observability/otlp.collector.js';
import { CarelessCaller } from './careless.caller.js';
import { bytesOf, execute } from './database.bytes.js';
import { PlantedSecrets } from './planted.secrets.js';
import { SecretLife } from './secret.life.js';

/** No secret, and sure to be told: what does not find this finds nothing. */
const CANARY = 'canary-in-the-mine-of-secrets';

describe.each(testDatabases())('secrets on $name', (kind) => {
  const secrets = new PlantedSecrets();
  const caller = new CarelessCaller(secrets);
  const urls: string[] = [];
  let collector: OtlpCollector;
  let gatehouse: Gatehouse;
  let told: Record<string, string>;

  beforeAll(async () => {
    collector = await startCollector();
    let count = 0;
    const create = async () => {
      const place = count++;
      const database = await kind.create();
      urls[place] = database.url;
      return database;
    };
    gatehouse = await startGatehouse({ ...kind, create }, { env: settings() });
    await new SecretLife(gatehouse, caller, secrets).live();
    for (const service of services()) await caller.tryEverything(service);
    const headers = { 'x-request-id': CANARY };
    const body = { auth: { email: 'reader@example.com', password: secrets.make('password with a canary') } };
    await caller.send(`${gatehouse.identity}/user_token`, { method: 'POST', headers, body });
    const before = (await Promise.all(urls.map(bytesOf))).join('\n');
    await breakDatabase();
    told = { ...(await tales()), database: before };
  }, 300_000);
  afterAll(async () => {
    await gatehouse?.stop();
    await collector?.close();
  });

  const services = () => [gatehouse.identity, gatehouse.articles, gatehouse.consumer];
  const settings = () => ({
    LOG_LEVEL: 'trace',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    IDENTITY_TOKEN_SECRET: secrets.make('TOKEN_SECRET'),
    IDENTITY_KEY_ENCRYPTION_KEY: secrets.make('KEY_ENCRYPTION_KEY'),
    IDENTITY_DEVISE_PEPPER: secrets.make('DEVISE_PEPPER'),
    IDENTITY_SMTP_URL: `smtp://postman:${secrets.make('password of SMTP_URL')}@127.0.0.1:1`,
    CONSUMER_REDIS_URL: `redis://:${secrets.make('password of REDIS_URL')}@127.0.0.1:1`,
  });

  /** What nobody foresaw, with secrets at hand: each door meets a database that lacks a table. */
  const breakDatabase = async () => {
    const identity = urls[findApps().findIndex(({ name }) => name === 'identity')]!;
    await execute(identity, 'ALTER TABLE sessions RENAME TO sessions_gone');
    const password = 'opensesame-please';
    const { status } = await caller.send(`${gatehouse.identity}/user_token`, {
      method: 'POST',
      body: { auth: { email: 'reader@example.com', password: secrets.keep('password at a 500', password) } },
    });
    expect(status).toBe(500);
  };

  const tales = async () => ({
    logs: gatehouse.lines.join('\n'),
    refusals: caller.refusals.join('\n'),
    metrics: (
      await Promise.all(services().map(async (service) => (await send(`${service}/metrics`)).text))
    ).join('\n'),
    traces: collector.received.join('\n'),
  });

  it('are many', () => {
    expect(secrets.size).toBeGreaterThan(500);
    expect(caller.refusals.length).toBeGreaterThan(300);
  });

  it.each(['logs', 'refusals', 'metrics', 'traces', 'database'])('are not in the %s', (place) => {
    expect(told[place]!.length).toBeGreaterThan(1_000);
    expect(secrets.foundIn(told[place]!)).toEqual([]);
  });

  it('are looked for where a canary is found', () => {
    const canary = new PlantedSecrets();
    canary.keep('canary', CANARY);
    const places = ['logs', 'refusals', 'database'];
    expect(places.map((place) => canary.foundIn(told[place]!))).toEqual(places.map(() => ['canary']));
    for (const place of ['metrics', 'traces']) expect(told[place]).toContain('/user_token');
  });

  it('are found however they are written', () => {
    const planted = new PlantedSecrets();
    const secret = planted.make('one');
    const bytes = Buffer.from(secret);
    for (const spelling of [
      secret,
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ]) {
      expect(planted.foundIn(`before ${spelling} after`)).toEqual(['one']);
    }
  });

  it('that sign tokens are not in the database in the clear', () => {
    expect(told['database']).not.toMatch(/PRIVATE KEY|"d"\s*:\s*"/);
  });

  it('show in the log of what nobody foresaw neither by name nor by value', () => {
    const line = gatehouse.lines.find(
      (each) => each.includes('"level":"error"') && each.includes('sessions'),
    );
    expect(line).toMatch(/no such table|doesn't exist/);
    expect(line).not.toMatch(/opensesame|"parameters"/);
  });
});
