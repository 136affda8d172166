import { AccountDirectory } from '../../accounts/administration/account.directory.js';
import { administeredUserResponse } from '../../admin/administered-user.response.js';
import type { AddCommand } from '../operator.console.js';
import { wholeNumber } from '../whole.number.js';

interface Options {
  q?: string;
  limit: number;
  after?: string;
}

/** `users list` */
export const addListUsers: AddCommand = (users, operator) => {
  users
    .command('list')
    .description('accounts, in order of their ids')
    .option('-q <text>', 'how the address begins')
    .option('--limit <number>', 'how many at most', wholeNumber, 50)
    .option('--after <id>', 'those behind this one')
    .action(
      operator.action<Options>(async ({ get, out }, { q, limit, after }) => {
        const page = await get(AccountDirectory).list({ limit, ...(after && { after }) }, q);
        const rows = page.entries.map((user) => ({ ...administeredUserResponse(user) }));
        out.list(rows, ['id', 'email', 'roles', 'email_confirmed', 'disabled', 'password_reset_required']);
        if (page.more) out.remark(`There are more: --after ${rows.at(-1)!.id}`);
      }),
    );
};
