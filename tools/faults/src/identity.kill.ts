import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@gatehouse/workspace';
import type { Connection } from 'mysql2/promise';
import { House } from './house.ts';
import { digestOf, openSession, refresh } from './refresh.sessions.ts';
import type { Answer } from './replica.ts';
import type { Report } from './report.ts';

/** Longer than a sign-in or a refresh takes here, so that the kill falls into every part of it. */
const LONGEST_WORK = 40;

const READER = { email: 'reader@example.com', password: 'opensesame-please' };

/** F17: identity is killed somewhere between a request and its answer. A token is good if and only if it was committed. */
export async function identityKill(
  report: Report,
  { rounds, seed }: { rounds: number; seed: number },
): Promise<void> {
  const random = new Random(seed);
  const house = await House.open({ replicas: 2, environment: { REFRESH_GRACE: '60s' } });
  const connection = await house.connect();
  const answered = { before: 0, after: 0 };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const kill = () => killAfter(house, random.between(0, LONGEST_WORK));
      const answer =
        round % 2
          ? await killedRefresh(house, connection, report, kill)
          : await killedSignIn(house, connection, report, kill);
      answered[answer ? 'before' : 'after'] += 1;
      await house.replica(0).restart();
    }
    report.figure('killed before / after the answer', `${answered.after} / ${answered.before}`);
  } finally {
    await connection.end();
    await house.close();
  }
}

type Kill = () => Promise<void>;

async function killAfter(house: House, milliseconds: number): Promise<void> {
  await sleep(milliseconds);
  await house.replica(0).kill();
}

async function killedRefresh(
  house: House,
  connection: Connection,
  report: Report,
  kill: Kill,
): Promise<Answer | undefined> {
  const { id, refreshToken } = await openSession(connection);
  const [answer] = await Promise.all([refresh(house.replica(0), refreshToken), kill()]);
  const rows = await rowsOf(connection, 'SELECT digest, spent_at FROM refresh_tokens WHERE session_id = ?', [
    id,
  ]);
  const spent = rows.some(({ spent_at }) => spent_at !== null);
  report.expect(
    rows.length === (spent ? 2 : 1),
    'a token is spent without a successor, or has one without being spent',
  );
  const again = await refresh(house.replica(1), refreshToken);
  report.expect(again?.status === 200, `the token that got no answer is answered ${again?.status} elsewhere`);
  if (answer?.status === 200) {
    const successor = String(answer.body['refresh_token']);
    report.expect(
      rows.some(({ digest }) => digest === digestOf(successor)),
      'an answer came for what was not committed',
    );
    report.expect(again?.body['refresh_token'] === successor, 'the same token got two successors');
  }
  return answer;
}

async function killedSignIn(
  house: House,
  connection: Connection,
  report: Report,
  kill: Kill,
): Promise<Answer | undefined> {
  const before = await countSessions(connection);
  const [answer] = await Promise.all([house.replica(0).post('/user_token', { auth: READER }), kill()]);
  const [sessions, events] = [await countSessions(connection), await countSignIns(connection)];
  report.expect(sessions - before <= 1, 'one sign-in has opened two sessions');
  report.expect(events === sessions, `${sessions} sessions, and ${events} sign-ins in the audit trail`);
  if (answer?.status !== 201) return answer;
  const { sid } = JSON.parse(
    Buffer.from(String(answer.body['jwt']).split('.')[1]!, 'base64url').toString(),
  ) as {
    sid: string;
  };
  const rows = await rowsOf(connection, 'SELECT 1 FROM sessions WHERE id = ?', [sid]);
  report.expect(rows.length === 1, 'a token came out whose session was not committed');
  return answer;
}

async function countSessions(connection: Connection): Promise<number> {
  const [row] = await rowsOf(
    connection,
    `SELECT COUNT(*) AS n FROM sessions WHERE client_id = 'gatehouse:knock'`,
  );
  return Number(row?.['n']);
}

async function countSignIns(connection: Connection): Promise<number> {
  const [row] = await rowsOf(
    connection,
    `SELECT COUNT(*) AS n FROM audit_events WHERE type = 'user.sign_in'`,
  );
  return Number(row?.['n']);
}

async function rowsOf(
  connection: Connection,
  sql: string,
  values: string[] = [],
): Promise<Record<string, unknown>[]> {
  const [rows] = await connection.execute(sql, values);
  return rows as Record<string, unknown>[];
}
