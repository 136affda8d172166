import { bearer, type ClientSession, type Person, type Scene } from '../scene.ts';
import { allOrNone, type Attempt, type Expect } from './attempt.ts';

const NEW_PASSWORD = 'a-quite-different-secret';

/** POST /me/password: the new password, the end of the other session, its revocation, the mail and the trace, or none. */
export async function passwordChange(scene: Scene): Promise<Attempt> {
  const person = await scene.newPerson();
  const [own, other] = [await scene.openSession(person), await scene.openSession(person)];
  const [before] = await scene.rows('SELECT password_digest FROM users WHERE id = ?', [person.id]);
  const request = { current_password: person.password, password: NEW_PASSWORD };
  return {
    begin: () => scene.replica.post('/me/password', request, bearer(own.accessToken)),
    check: async (answer, expect) => {
      const digest = String(before?.['password_digest']);
      const changed = await scene.count('users WHERE id = ? AND password_digest <> ?', [person.id, digest]);
      const done = allOrNone({ changed, ...(await endingsOf(scene, person, other)) }, expect);
      expect(!answer || (answer.status === 204 && done), `the answer ${answer?.status} is not kept`);
      expect(await scene.isTold(other.id), 'the revocation has got no place in the feed');
      expect(await scene.isUsable(own.accessToken), 'the session that changed it has ended');
      const usable = await scene.isUsable(other.accessToken);
      expect(usable !== done, `changed: ${done}, and the other session's token usable: ${usable}`);
      await checkPasswords(scene, person, done, expect);
    },
  };
}

async function endingsOf(
  scene: Scene,
  { id }: Person,
  other: ClientSession,
): Promise<Record<string, number>> {
  return {
    ended: await scene.count('sessions WHERE user_id = ? AND ended_at IS NOT NULL', [id]),
    revocations: await scene.count('revocations WHERE revoked_id = ?', [other.id]),
    mails: await scene.count(`mails WHERE user_id = ? AND template = 'password_changed'`, [id]),
    events: await scene.count(`audit_events WHERE subject_id = ? AND type = 'user.password_change'`, [id]),
  };
}

/** One of the two is right, and it is the one that was committed. */
async function checkPasswords(scene: Scene, person: Person, done: boolean, expect: Expect): Promise<void> {
  const [old, changed] = [
    await scene.signIn(person, person.password),
    await scene.signIn(person, NEW_PASSWORD),
  ];
  expect(old?.status === (done ? 401 : 201), `changed: ${done}, and the old password: ${old?.status}`);
  expect(
    changed?.status === (done ? 201 : 401),
    `changed: ${done}, and the new password: ${changed?.status}`,
  );
}
