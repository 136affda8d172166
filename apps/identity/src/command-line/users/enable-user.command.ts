import { AccountAdministration } from '../../accounts/administration/account-administration.service.js';
import type { AddCommand } from '../operator.console.js';
import { namedUser, USER_ARGUMENT } from './named.user.js';

/** `users enable <user>` */
export const addEnableUser: AddCommand = (users, operator) => {
  users
    .command('enable')
    .description('open an account again that was disabled')
    .argument(...USER_ARGUMENT)
    .action(
      operator.action<object, [string]>(async (desk, _, name) => {
        const { id, email } = await namedUser(desk, name);
        await desk.get(AccountAdministration).change(id, { disabled: false }, desk.act);
        desk.out.tell({ id, disabled: false }, `${email} is enabled.`);
      }),
    );
};
