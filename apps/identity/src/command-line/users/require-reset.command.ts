import { AccountAdministration } from '../../accounts/administration/account-administration.service.js';
import type { AddCommand } from '../operator.console.js';
import { namedUser, USER_ARGUMENT } from './named.user.js';
import { PRINT_LINK, tellLink } from './password.link.js';

/** `users require-reset <user>` */
export const addRequireReset: AddCommand = (users, operator) => {
  users
    .command('require-reset')
    .description('end the sessions, and let the user in again by a link to set a password alone')
    .argument(...USER_ARGUMENT)
    .option(...PRINT_LINK)
    .action(
      operator.action<{ printLink?: boolean }, [string]>(async (desk, { printLink }, name) => {
        const user = await namedUser(desk, name);
        await desk.get(AccountAdministration).requirePasswordReset(user.id, desk.act);
        if (printLink) return tellLink(desk, user);
        const words = `${user.email} has to set a new password: the link comes on POST /password_resets.`;
        desk.out.tell({ id: user.id, password_reset_required: true }, words);
      }),
    );
};
