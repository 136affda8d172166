import { sessionResponse } from '../../sessions/session.response.js';
import { Sessions } from '../../sessions/sessions.service.js';
import type { AddCommand } from '../operator.console.js';
import { namedUser, USER_ARGUMENT } from '../users/named.user.js';

/** `sessions list <user>` */
export const addListSessions: AddCommand = (sessions, operator) => {
  sessions
    .command('list')
    .description("a user's live sessions, the latest first")
    .argument(...USER_ARGUMENT)
    .action(
      operator.action<object, [string]>(async (desk, _, name) => {
        const { id } = await namedUser(desk, name);
        const rows = (await desk.get(Sessions).listOf(id)).map((session) => {
          const { current: _nobodys, ...row } = sessionResponse(session, undefined);
          return row;
        });
        desk.out.list(rows, ['id', 'client_id', 'address', 'device', 'last_used_at', 'expires_at']);
      }),
    );
};
