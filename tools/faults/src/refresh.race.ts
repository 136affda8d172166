import type { Connection } from 'mysql2/promise';
import { House } from './house.ts';
import { openSession, refresh, type RenewableSession } from './refresh.sessions.ts';
import type { Answer } from './replica.ts';
import { quantile, Report } from './report.ts';

const CONCURRENT = 50;

/** F14: one refresh token is used 50 times at once on two replicas, again and again. */
export async function refreshRace(report: Report, { rounds }: { rounds: number }): Promise<void> {
  for (const grace of ['10s', '0s']) {
    const house = await House.open({ replicas: 2, environment: { REFRESH_GRACE: grace } });
    const connection = await house.connect();
    try {
      await race(house, connection, report, { rounds, grace });
    } finally {
      await connection.end();
      await house.close();
    }
  }
}

async function race(
  house: House,
  connection: Connection,
  report: Report,
  { rounds, grace }: { rounds: number; grace: string },
): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const session = await openSession(connection);
    const uses = Array.from({ length: CONCURRENT }, (_, i) =>
      refresh(house.replica(i), session.refreshToken),
    );
    const answers = (await Promise.all(uses)).filter((answer) => answer !== undefined);
    times.push(...answers.map(({ milliseconds }) => milliseconds));
    report.expect(answers.length === CONCURRENT, `round ${round}: an answer is missing`);
    report.expect(!answers.some(({ status }) => status >= 500), `round ${round}: a 5xx`);
    if (grace === '0s') await expectOneWinner(answers, session, connection, report);
    else await expectOneSuccessor(answers, house, report);
  }
  report.figure(
    `grace ${grace}, ${rounds} × ${CONCURRENT} uses, p50 / p99 ms`,
    `${quantile(times, 0.5)} / ${quantile(times, 0.99)}`,
  );
}

async function expectOneSuccessor(answers: readonly Answer[], house: House, report: Report): Promise<void> {
  const good = answers.filter(({ status }) => status === 200);
  const successors = new Set(good.map(({ body }) => String(body['refresh_token'])));
  report.expect(good.length === CONCURRENT, `${good.length} of ${CONCURRENT} were answered 200`);
  report.expect(successors.size === 1, `${successors.size} successors`);
  const [successor = ''] = successors;
  report.expect((await refresh(house.replica(0), successor))?.status === 200, 'the successor is no good');
}

async function expectOneWinner(
  answers: readonly Answer[],
  { id }: RenewableSession,
  connection: Connection,
  report: Report,
): Promise<void> {
  const winners = answers.filter(({ status }) => status === 200).length;
  const losers = answers.filter(({ body }) => body['error'] === 'invalid_grant').length;
  report.expect(winners === 1 && losers === CONCURRENT - 1, `${winners} winners, ${losers} invalid_grant`);
  const [rows] = await connection.query('SELECT 1 FROM sessions WHERE id = ? AND ended_at IS NOT NULL', [id]);
  report.expect((rows as unknown[]).length === 1, 'the session goes on after a reuse');
}
