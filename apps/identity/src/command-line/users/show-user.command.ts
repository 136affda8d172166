import { administeredUserResponse } from '../../admin/administered-user.response.js';
import type { AddCommand } from '../operator.console.js';
import { namedUser, USER_ARGUMENT } from './named.user.js';

/** `users show <user>` */
export const addShowUser: AddCommand = (users, operator) => {
  users
    .command('show')
    .description('everything about one account but its secrets')
    .argument(...USER_ARGUMENT)
    .action(
      operator.action<object, [string]>(async (desk, _, name) => {
        desk.out.show({ ...administeredUserResponse(await namedUser(desk, name)) });
      }),
    );
};
