import { refresh } from '../refresh.sessions.ts';
import { bearer, type Scene } from '../scene.ts';
import { allOrNone, type Attempt } from './attempt.ts';

/** POST /api/v1/logout: the session's end, its trace, its revocation and the device token's, or none of it. */
export async function logout(scene: Scene): Promise<Attempt> {
  const person = await scene.newPerson();
  const session = await scene.openSession(person);
  return {
    begin: () => scene.replica.post('/api/v1/logout', {}, bearer(session.accessToken)),
    check: async (answer, expect) => {
      const parts = {
        ended: await scene.count('sessions WHERE id = ? AND ended_at IS NOT NULL', [session.id]),
        forgotten: await scene.count('sessions WHERE id = ? AND device_token IS NULL', [session.id]),
        events: await scene.count(`audit_events WHERE subject_id = ? AND type = 'session.end'`, [person.id]),
        revocations: await scene.count('revocations WHERE revoked_id = ?', [session.id]),
      };
      const done = allOrNone(parts, expect);
      expect(!answer || (answer.status === 200 && done), `the answer ${answer?.status} is not kept`);
      expect(await scene.isTold(session.id), 'the revocation has got no place in the feed');
      const usable = await scene.isUsable(session.accessToken);
      expect(usable !== done, `ended: ${done}, and its access token usable: ${usable}`);
      const next = await refresh(scene.replica, session.refreshToken);
      expect(next?.status === (done ? 400 : 200), `ended: ${done}, and renewed: ${next?.status}`);
    },
  };
}
