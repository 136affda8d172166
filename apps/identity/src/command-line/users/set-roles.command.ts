import { ChangeUserRequest } from '@gatehouse/contracts';
import { AccountAdministration } from '../../accounts/administration/account-administration.service.js';
import type { Role } from '../../accounts/user.entity.js';
import type { AddCommand } from '../operator.console.js';
import { validated } from '../validated.js';
import { namedUser, USER_ARGUMENT } from './named.user.js';

/** `users set-roles <user> [roles…]` */
export const addSetRoles: AddCommand = (users, operator) => {
  users
    .command('set-roles')
    .description('give a user these roles and no others; the sessions end, since their tokens say what was')
    .argument(...USER_ARGUMENT)
    .argument('[roles...]', 'admin, or nothing')
    .action(
      operator.action<object, [string, Role[]]>(async (desk, _, name, roles) => {
        const changes = validated(ChangeUserRequest, { roles });
        const { id, email } = await namedUser(desk, name);
        await desk.get(AccountAdministration).change(id, changes, desk.act);
        desk.out.tell(
          { id, roles },
          `${email} has ${roles.length > 0 ? roles.join(', ') : 'none'} for roles now.`,
        );
      }),
    );
};
