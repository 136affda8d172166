import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '@gatehouse/workspace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { send } from '../harness/http.js';
import { grant, READER, signIn } from '../harness/sign-in.js';
import { compose, docker, ORIGIN, sql } from './stack.js';

const COUNT = 'SELECT COUNT(*), COUNT(DISTINCT name) FROM';

/** Empty schemas beside identity's, for its user. */
const fresh: string[] = [];

async function freshSchema(): Promise<string> {
  const schema = `fresh_${randomBytes(4).toString('hex')}`;
  fresh.push(schema);
  await sql(`CREATE DATABASE ${schema}; GRANT ALL ON ${schema}.* TO 'identity'@'%'`);
  return schema;
}

/** A container that brings a schema up to date, and ends. */
async function migrate(
  schema: string,
  name = `${schema}-${randomBytes(4).toString('hex')}`,
): Promise<string> {
  const secret = await readFile(join(ROOT, 'deploy/secrets/development/identity_database_url'), 'utf8');
  const url = secret.trim().replace(/[^/]*$/, schema);
  const settings = ['--env', 'DATABASE_URL_FILE=', '--env', `DATABASE_URL=${url}`];
  return compose('run', '--rm', '--no-deps', '-T', '--name', name, ...settings, 'migrate-identity');
}

const tablesOf = (schema: string) =>
  sql(`SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns
    WHERE table_schema = '${schema}' ORDER BY table_name, column_name`);

describe('migrations on MySQL', () => {
  afterEach(async () => {
    for (const schema of fresh.splice(0)) await sql(`DROP DATABASE ${schema}`);
  });

  it('run once each when four containers start at once', async () => {
    const schema = await freshSchema();
    await Promise.all([1, 2, 3, 4].map(() => migrate(schema)));
    const [all, different] = (await sql(`${COUNT} ${schema}.migrations`)).split('\t');
    expect(Number(all)).toBeGreaterThan(0);
    expect(different).toBe(all);
    expect(await tablesOf(schema)).toBe(await tablesOf('identity'));
  });

  it('are taken over from a container that was killed in their midst', async () => {
    const schema = await freshSchema();
    const name = `${schema}-killed`;
    const killed = migrate(schema, name).then(
      () => 'finished',
      () => 'killed',
    );
    await expect.poll(() => tablesOf(schema), { timeout: 60_000, interval: 20 }).not.toBe('');
    await docker('kill', name);
    expect(await killed).toBe('killed');
    expect(await tablesOf(schema)).not.toBe(await tablesOf('identity'));
    await migrate(schema);
    expect(await tablesOf(schema)).toBe(await tablesOf('identity'));
  });
});

// A release's migrations only add (docs/operating.md, Upgrade): the one before still runs, and does not know of it.
describe('the release before, on a schema that has what the next one adds', () => {
  let tables: string[];

  beforeEach(async () => {
    const listed = await sql(`SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables
      WHERE table_schema IN ('identity', 'articles') AND table_name <> 'migrations'`);
    tables = listed.split('\n');
    await change('ADD COLUMN of_the_next_release VARCHAR(20) NULL');
  });

  afterEach(() => change('DROP COLUMN of_the_next_release'));

  const change = (step: string) => sql(tables.map((table) => `ALTER TABLE ${table} ${step}`).join(';'));

  it('signs in, refreshes, writes and ends sessions as ever', async () => {
    const { access_token: bearer, refresh_token: refresh } = await signIn(ORIGIN, READER);
    const body = { title: 'written by the release before', body: '' };
    expect((await send(`${ORIGIN}/articles`, { method: 'POST', bearer, body })).status).toBe(201);
    expect((await send(`${ORIGIN}/articles`, { bearer })).status).toBe(200);
    expect((await grant(ORIGIN, { grant_type: 'refresh_token', refresh_token: refresh })).status).toBe(200);
    expect((await send(`${ORIGIN}/api/v1/logout`, { method: 'POST', bearer })).status).toBe(200);
    const ended = async () => (await send(`${ORIGIN}/articles`, { bearer })).status;
    await expect.poll(ended, { timeout: 2_000, interval: 20 }).toBe(401);
  });
});
