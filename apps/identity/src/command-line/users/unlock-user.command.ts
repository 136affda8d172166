import { DomainError } from '@gatehouse/contracts';
import { AccountUnlocking } from '../../accounts/administration/account-unlocking.service.js';
import { Budgets } from '../../throttling/budgets.js';
import type { AddCommand } from '../operator.console.js';
import { namedUser, USER_ARGUMENT } from './named.user.js';

/** `users unlock <user>` */
export const addUnlockUser: AddCommand = (users, operator) => {
  users
    .command('unlock')
    .description('let somebody try again whose sign-in has failed too often; needs REDIS_URL')
    .argument(...USER_ARGUMENT)
    .action(
      operator.action<object, [string]>(async (desk, _, name) => {
        const { id, email } = await namedUser(desk, name);
        const budgets = desk.get(Budgets);
        await budgets.connect();
        if (!budgets.shared) throw new CountedElsewhere(id);
        await desk.get(AccountUnlocking).unlock(id, desk.act);
        desk.out.tell({ id, unlocked: true }, `${email} may try again.`);
      }),
    );
};

/** What runs counts for itself, and this process cannot tell it anything. */
class CountedElsewhere extends DomainError {
  readonly code = 'conflict';

  constructor(userId: string) {
    super(
      'Without REDIS_URL, or while it does not answer, each identity counts failed sign-ins in its own memory, ' +
        'which no command reaches. ' +
        `Ask it itself: POST /admin/users/${userId}/unlock. After 15 minutes the limit is over anyway.`,
    );
  }
}
