import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GrowthServer } from '../growth/growth.server.js';
import { Results } from '../report/results.js';
import { IdentityProcess } from '../revocation/identity.process.js';
import { emailOf, PASSWORD, writeDeviseExport } from './devise.export.js';
import { type ImportOutcome, runImport } from './import.process.js';

type Row = Record<string, string | number>;

/** How long an export of Devise's takes to come in, in how much memory, and what a kill half-way costs. */
export async function importBench(records: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  removeWhenStopped(folder);
  const server = await GrowthServer.start();
  try {
    const file = join(folder, 'users.csv');
    await writeDeviseExport(file, records);
    const sqlite = await importInto(
      `sqlite:${join(folder, 'whole.sqlite')}`,
      `sqlite:${join(folder, 'half.sqlite')}`,
      file,
    );
    const mariadb = await importInto(await server.addSchema('whole'), await server.addSchema('half'), file);
    const rows = [
      ...sqlite.map((row) => ({ database: 'SQLite', ...row })),
      ...mariadb.map((row) => ({ database: 'MariaDB', ...row })),
    ];
    new Results('import').table(`An import of ${records.toLocaleString('en')} users`, rows);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The server removes its own by itself, however this process ends. */
function removeWhenStopped(folder: string): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(1);
    });
  }
}

async function importInto(whole: string, half: string, file: string): Promise<Row[]> {
  const first = await runImport(whole, file);
  const again = await runImport(whole, file);
  const killed = await runImport(half, file, first.seconds / 2);
  const resumed = await runImport(half, file);
  await signIn(half, resumed);
  return [
    rowOf('the file', first),
    rowOf('the same file again', again),
    rowOf('killed half-way', killed),
    rowOf('begun anew, then a sign-in', resumed),
  ];
}

/** With the password of before, and with the digest that the first sign-in has put in place of bcrypt's. */
async function signIn(databaseUrl: string, { counts }: ImportOutcome): Promise<void> {
  const identity = await IdentityProcess.start(databaseUrl, { LOGIN_LIMITS: 'off' });
  const last = (counts?.imported ?? 0) + (counts?.known ?? 0) - 2;
  for (const _ of ['bcrypt', 'argon2id']) {
    const answer = await fetch(`${identity.url}/user_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth: { email: emailOf(last), password: PASSWORD } }),
    });
    if (answer.status !== 201) throw new Error(`a sign-in after the import answered ${answer.status}`);
  }
  await identity.stop();
}

function rowOf(what: string, { seconds, peak, halfWay, counts }: ImportOutcome): Row {
  return {
    what,
    imported: counts?.imported ?? '-',
    'there already': counts?.known ?? '-',
    s: seconds.toFixed(1),
    'MB half-way': halfWay.toFixed(0),
    'MB at most': peak.toFixed(0),
  };
}
