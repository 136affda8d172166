import { AccountAdministration } from '../../accounts/administration/account-administration.service.js';
import type { AddCommand } from '../operator.console.js';
import { namedUser, USER_ARGUMENT } from './named.user.js';

/** `users disable <user>` */
export const addDisableUser: AddCommand = (users, operator) => {
  users
    .command('disable')
    .description('close an account: its sessions and API keys end at once, and nobody signs in')
    .argument(...USER_ARGUMENT)
    .action(
      operator.action<object, [string]>(async (desk, _, name) => {
        const { id, email } = await namedUser(desk, name);
        await desk.get(AccountAdministration).change(id, { disabled: true }, desk.act);
        desk.out.tell({ id, disabled: true }, `${email} is disabled.`);
      }),
    );
};
