import { PasswordLinks } from '../../accounts/administration/password.links.js';
import type { User } from '../../accounts/user.entity.js';
import type { Desk } from '../operator.console.js';

/** The option of commands that can show a link where no mail can be sent. */
export const PRINT_LINK = ['--print-link', 'show a link to set the password by, this once'] as const;

/** Shows a user's link to set a password: to an operator, who could read the database as well. */
export async function tellLink({ get, act, out }: Desk, { id, email }: User): Promise<void> {
  const link = await get(PasswordLinks).issue(id, act);
  out.remark(`Whoever follows this link within ten minutes sets the password of ${email}:`);
  out.tell({ id, email, link }, link);
}
