import { AccountAdministration } from '../../accounts/administration/account-administration.service.js';
import { SessionEnding } from '../../sessions/session.ending.js';
import type { AddCommand } from '../operator.console.js';
import { namedUser, USER_ARGUMENT } from '../users/named.user.js';

/** `sessions end <user> [session]` */
export const addEndSessions: AddCommand = (sessions, operator) => {
  sessions
    .command('end')
    .description('end one session of a user, or all of them; every guard knows within moments')
    .argument(...USER_ARGUMENT)
    .argument('[session]', 'the id of one; all of them where it is left out')
    .action(
      operator.action<object, [string, string | undefined]>(async ({ out, ...desk }, _, name, session) => {
        const { id, email } = await namedUser({ out, ...desk }, name);
        const cause = { actorId: desk.act.actorId, reason: 'ended_by_admin' } as const;
        if (session) await desk.get(SessionEnding).endOne(id, session, cause);
        else await desk.get(AccountAdministration).endSessions(id, desk.act);
        out.tell({ id, ended: session ?? 'all' }, `${session ?? 'Every session'} of ${email} has ended.`);
      }),
    );
};
