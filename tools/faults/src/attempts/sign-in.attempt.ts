import { type Scene, sessionOf } from '../scene.ts';
import { allOrNone, type Attempt } from './attempt.ts';

/** POST /user_token: the session, its trace in the audit trail, and when the user was last there. */
export async function signIn(scene: Scene): Promise<Attempt> {
  const person = await scene.newPerson();
  return {
    begin: () => scene.signIn(person, person.password),
    check: async (answer, expect) => {
      const parts = {
        sessions: await scene.count('sessions WHERE user_id = ?', [person.id]),
        events: await scene.count(`audit_events WHERE subject_id = ? AND type = 'user.sign_in'`, [person.id]),
        notes: await scene.count('users WHERE id = ? AND last_sign_in_at IS NOT NULL', [person.id]),
      };
      const done = allOrNone(parts, expect);
      if (answer) {
        const token = String(answer.body['jwt']);
        expect(answer.status === 201 && done, `an answer ${answer.status} came for what was not committed`);
        const own = await scene.count('sessions WHERE id = ?', [sessionOf(token)]);
        expect(own === 1 && (await scene.isUsable(token)), 'a token that was given is not usable');
      }
      const again = await scene.signIn(person, person.password);
      expect(again?.status === 201, `the next sign-in is answered ${again?.status}`);
    },
  };
}
