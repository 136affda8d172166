import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@gatehouse/service-kit';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { hashSync } from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { User } from '../accounts/user.entity.js';
import { AuditEvent } from '../audit/audit-event.entity.js';
import { createIdentityTestApp, type IdentityTestApp } from '../testing/identity.test-app.js';
import { operate } from '../testing/operator.js';

const PASSWORD = 'correct horse battery staple';
const PEPPER = 'a pepper of an older application';
const DIGEST = hashSync(PASSWORD + PEPPER, 4);
const HEADER = 'id,email,encrypted_password,confirmed_at,created_at';
const row = (id: number, email = `user${id}@example.com`) =>
  `${id},${email},${DIGEST},2020-01-01 00:00:00,2019-01-01 00:00:00`;

describe.each(testDatabases())('an import on $name', (database) => {
  let app: IdentityTestApp;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
    app = await createIdentityTestApp({ database, environment: { DEVISE_PEPPER: PEPPER } });
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  const fileOf = async (name: string, lines: string[]) => {
    const path = join(folder, name);
    await writeFile(path, `${lines.join('\n')}\n`);
    return path;
  };
  const importing = async (path: string, ...options: string[]) => {
    const { code, stdout, stderr } = await operate(app.databaseUrl, [
      'users',
      'import',
      path,
      '--json',
      ...options,
    ]);
    return { code, stderr, ...(JSON.parse(stdout || '{}') as Record<string, unknown>) };
  };
  const users = () => app.get(Database).manager.count(User);
  const signIn = (email: string) => app.post('/user_token', { auth: { email, password: PASSWORD } });

  it('says what it would do, does it once, and changes nothing the second time', async () => {
    const path = await fileOf('many.csv', [HEADER, ...Array.from({ length: 1_200 }, (_, i) => row(i))]);
    const before = await users();
    expect(await importing(path, '--dry-run')).toMatchObject({ imported: 1_200, dry_run: true });
    expect(await users()).toBe(before);
    expect(await importing(path, '--as', 'ada')).toMatchObject({
      code: 0,
      imported: 1_200,
      known: 0,
      rejected: 0,
    });
    const { manager } = app.get(Database);
    const [rows, events] = await Promise.all([
      manager.find(User),
      manager.countBy(AuditEvent, { type: 'user.import' }),
    ]);
    expect([rows.length, events]).toEqual([before + 1_200, 1_200]);
    expect(await importing(path)).toMatchObject({ code: 0, imported: 0, known: 1_200, rejected: 0 });
    expect(await manager.find(User)).toEqual(rows);
    expect(await manager.countBy(AuditEvent, { actorId: 'console:ada' })).toBe(1_200);
  });

  it('lets people sign in with the password they had, which is hashed anew', async () => {
    await importing(await fileOf('one.csv', [HEADER, row(90_001, 'Old@Example.com')]));
    expect((await signIn('old@example.com')).status).toBe(201);
    const { passwordDigest } = await app
      .get(Database)
      .manager.findOneByOrFail(User, { email: 'old@example.com' });
    expect(passwordDigest).toMatch(/^\$argon2id\$/);
    expect((await signIn('old@example.com')).status).toBe(201);
  });

  it('takes what is good, and tells by line and reason what is not, without its secrets', async () => {
    const lines = [
      HEADER,
      row(80_001, 'twice@example.com'),
      row(80_002, 'TWICE@example.com'),
      row(80_003, 'reader@example.com'),
      row(80_001, 'other@example.com'),
      '80004,"unclosed@example.com',
      row(80_005).replace(DIGEST, 'plain text password'),
      row(80_006),
    ];
    const path = await fileOf('bad.csv', lines);
    const outcome = await importing(path);
    expect(outcome).toMatchObject({ code: 3, records: 7, imported: 2, rejected: 5 });
    const rejects = await readFile(`${path}.rejects.ndjson`, 'utf8');
    const told = rejects
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number; reason: string });
    expect(Object.fromEntries(told.map(({ line, reason }) => [line, reason]))).toEqual({
      3: 'a record before has this address',
      4: 'another account has this address',
      5: 'a record before has this id',
      6: 'a quote is not closed within 65536 bytes',
      7: 'encrypted_password is no digest of bcrypt or argon2id',
    });
    expect(rejects).not.toContain('plain text password');
    expect(await importing(path)).toMatchObject({ imported: 0, known: 2 + 1, rejected: 4 });
  });

  it('tells of ids that another account has, as when a second application counts from 1 as well', async () => {
    const lines = [HEADER, ...[1, 2, 3].map((id) => row(70_000 + id))];
    await importing(await fileOf('first-source.csv', lines));
    const second = await fileOf('second-source.csv', [
      HEADER,
      row(70_001),
      ...[2, 3, 4].map((id) => row(70_000 + id, `another${id}@example.com`)),
    ]);
    const outcome = { imported: 1, known: 3, known_by_another_address: 2, rejected: 0 };
    expect(await importing(second, '--dry-run')).toMatchObject({ code: 0, ...outcome });
    const { stdout } = await operate(app.databaseUrl, ['users', 'import', second, '--dry-run']);
    expect(stdout).toContain(
      'Of those there already, 2 are so under another address: lines 3, 4. Where these are other people, give them ids of their own.',
    );
    expect(stdout).not.toContain('@');
    expect(await importing(second)).toMatchObject({ code: 0, ...outcome });
  });

  it('reads what an export with digests has written, into another database', async () => {
    const path = join(folder, 'all.csv');
    const silent = await operate(app.databaseUrl, ['users', 'export', '--output', path]);
    expect([silent.code, await readFile(path, 'utf8')]).toEqual([
      0,
      expect.not.stringMatching(/\$argon2id|\$2b/),
    ]);
    expect(await operate(app.databaseUrl, ['users', 'export', '--output', path])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/all\.csv is there already: remove it, or name another --output\.$/m),
    });
    await rm(path);
    const exports = { type: 'users.export' } as const;
    expect(await app.get(Database).manager.countBy(AuditEvent, exports)).toBe(1);
    await operate(app.databaseUrl, ['users', 'export', '--output', path, '--with-digests']);
    const count = await users();
    expect(await importing(path)).toMatchObject({ imported: 0, known: count, rejected: 0 });
    const other = await database.create();
    const { stdout } = await operate(other.url, ['users', 'import', path, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ imported: count, rejected: 0 });
    const copy = await operate(other.url, ['users', 'export', '--with-digests', '--output', `${path}.copy`]);
    expect(copy.code).toBe(0);
    await other.drop();
    expect(emailsAndDigests(await readFile(`${path}.copy`, 'utf8'))).toEqual(
      emailsAndDigests(await readFile(path, 'utf8')),
    );
  });

  it.each([
    ['nothing', 'empty.csv', []],
    ['a header and nothing more', 'header.csv', [HEADER]],
    ['empty lines', 'empty.ndjson', ['', '']],
  ])('does not pass for done where a file has %s', async (_, name, lines) => {
    const { code, stderr } = await importing(await fileOf(name, lines));
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no record in it')]);
  });

  it.each([
    ['There is no file', ['nowhere.csv']],
    ['Say --format csv', ['users.txt']],
    ['It must be csv or ndjson', ['users.csv', '--format', 'xml']],
    ['would overwrite', ['users.csv', '--rejects', 'users.csv']],
  ])('is refused: %s', async (sentence, args) => {
    const { code, stderr } = await operate(app.databaseUrl, ['users', 'import', ...args]);
    expect([code > 0, stderr]).toEqual([true, expect.stringContaining(sentence)]);
  });
});

function emailsAndDigests(csv: string): string[] {
  return csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',').slice(2, 4).join(' '))
    .sort();
}
