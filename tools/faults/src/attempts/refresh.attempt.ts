import { digestOf, refresh } from '../refresh.sessions.ts';
import type { Answer } from '../replica.ts';
import type { ClientSession, Scene } from '../scene.ts';
import { allOrNone, type Attempt, type Expect } from './attempt.ts';

/** POST /oauth/token: the token is spent, it has a successor, and the session was used, or none of it. */
export async function refreshing(scene: Scene): Promise<Attempt> {
  const person = await scene.newPerson();
  const session = await scene.openSession(person);
  return {
    begin: () => refresh(scene.replica, session.refreshToken),
    check: async (answer, expect) => {
      const done = allOrNone(await partsOf(scene, session), expect);
      expect(!answer || done, `an answer ${answer?.status} came for what was not committed`);
      const again = await refresh(scene.replica, session.refreshToken);
      expect(again?.status === 200, `the same token is answered ${again?.status} again`);
      await checkTokens(scene, session, [answer, again], expect);
      const thefts = await scene.count(`audit_events WHERE subject_id = ? AND type = 'session.end'`, [
        person.id,
      ]);
      const mails = await scene.count('mails WHERE user_id = ?', [person.id]);
      expect(thefts + mails === 0, 'a lost answer is taken for theft');
    },
  };
}

async function partsOf(scene: Scene, { id, refreshToken }: ClientSession): Promise<Record<string, number>> {
  const digest = digestOf(refreshToken);
  return {
    spent: await scene.count('refresh_tokens WHERE digest = ? AND spent_at IS NOT NULL', [digest]),
    successors: await scene.count(
      'refresh_tokens WHERE session_id = ? AND digest <> ? AND spent_at IS NULL',
      [id, digest],
    ),
    uses: await scene.count('sessions WHERE id = ? AND last_used_at > created_at', [id]),
  };
}

/** Whatever was answered is good, and all answers are one and the same successor. */
async function checkTokens(
  scene: Scene,
  { id, accessToken, refreshToken }: ClientSession,
  answers: readonly (Answer | undefined)[],
  expect: Expect,
): Promise<void> {
  expect(await scene.isUsable(accessToken), 'the earlier access token is not usable');
  const [kept] = await scene.rows('SELECT digest FROM refresh_tokens WHERE session_id = ? AND digest <> ?', [
    id,
    digestOf(refreshToken),
  ]);
  for (const answer of answers.filter((given) => given?.status === 200)) {
    const successor = String(answer?.body['refresh_token']);
    expect(digestOf(successor) === kept?.['digest'], 'a successor was given that is not kept');
    expect(
      await scene.isUsable(String(answer?.body['access_token'])),
      'a token that was given is not usable',
    );
  }
}
