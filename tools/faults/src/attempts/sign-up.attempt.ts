import { newAddress, type Scene } from '../scene.ts';
import { allOrNone, type Attempt } from './attempt.ts';

/** POST /users: the account, its mail, the link in it and the trace, or none of it. */
export async function signUp(scene: Scene): Promise<Attempt> {
  const email = newAddress();
  const begin = () => scene.replica.post('/users', { email, password: 'a-quite-different-secret' });
  // Before it, whatever is of nobody: rows of an account that was not committed would show here.
  const strays = () =>
    scene.count(`audit_events WHERE type = 'user.sign_up' AND subject_id NOT IN (SELECT id FROM users)`, []);
  return {
    begin,
    check: async (answer, expect) => {
      const [user] = await scene.rows('SELECT id FROM users WHERE email = ?', [email]);
      const id = user ? String(user['id']) : 'nobody';
      const parts = {
        users: user ? 1 : 0,
        mails: await scene.count(`mails WHERE recipient = ? AND template = 'confirmation'`, [email]),
        links: await scene.count('one_time_tokens WHERE user_id = ?', [id]),
        events: await scene.count(`audit_events WHERE subject_id = ? AND type = 'user.sign_up'`, [id]),
      };
      const done = allOrNone(parts, expect);
      expect((await strays()) === 0, 'somebody signed up who is not there');
      expect(!answer || (answer.status === 202 && done), `the answer ${answer?.status} is not kept`);
      const again = await begin();
      const users = await scene.count('users WHERE email = ?', [email]);
      expect(again?.status === 202 && users === 1, `once more: ${again?.status}, and ${users} users`);
    },
  };
}
