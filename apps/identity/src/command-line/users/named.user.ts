import { NotFound } from '@gatehouse/contracts';
import type { User } from '../../accounts/user.entity.js';
import { UsersRepository } from '../../accounts/users.repository.js';
import type { Desk } from '../operator.console.js';
import { printable } from '../text.table.js';

/** How commands tell what they are about. */
export const USER_ARGUMENT = ['<user>', 'the id, or the email address'] as const;

/** The user whom an operator means. @throws NotFound */
export async function namedUser({ get }: Desk, name: string): Promise<User> {
  const users = get(UsersRepository);
  const user = await (name.includes('@') ? users.findByEmail(name) : users.findById(name));
  if (!user) throw new NotFound(`There is no user ${printable(name)}.`);
  return user;
}
