import { DomainError, InviteUserRequest, type Locale } from '@gatehouse/contracts';
import { AddressTaken } from '../../accounts/administration/administration.errors.js';
import { Invitations } from '../../accounts/administration/invitations.service.js';
import { IdentityConfig } from '../../identity.config.js';
import type { AddCommand, Desk } from '../operator.console.js';
import { validated } from '../validated.js';
import { PRINT_LINK, tellLink } from './password.link.js';

interface Options {
  locale?: Locale;
  printLink?: boolean;
}

/** `create-admin <email>`: also the first one, whom nobody could invite over HTTP. */
export const addCreateAdmin: AddCommand = (program, operator) => {
  program
    .command('create-admin')
    .description('make an account with the role admin; its owner sets the password by a link')
    .argument('<email>', 'where the mail with the link goes')
    .option('--locale <language>', 'of the mail and of what follows: en, de, fr, es, ja', 'en')
    .option(...PRINT_LINK)
    .action(
      operator.action<Options, [string]>(async (desk, { locale, printLink }, email) => {
        const request = validated(InviteUserRequest, { email, roles: ['admin'], ...(locale && { locale }) });
        const user = await desk
          .get(Invitations)
          .invite(request, desk.act)
          .catch((error: unknown) => {
            throw error instanceof AddressTaken ? new AccountExists(request.email) : error;
          });
        if (printLink) return tellLink(desk, user);
        desk.out.tell(
          { id: user.id, email: user.email },
          `${user.email} is an admin now, as ${user.id}. ${mailSentence(desk, user.email)}`,
        );
      }),
    );
};

function mailSentence({ get }: Desk, email: string): string {
  if (get(IdentityConfig).smtpUrl) return 'A mail with a link to set the password goes out from identity.';
  return `The mail with a link to set the password waits until SMTP_URL is set. users require-reset ${email} --print-link shows one.`;
}

/** The address is taken: what leads on is another command. */
class AccountExists extends DomainError {
  readonly code = 'conflict';

  constructor(email: string) {
    super(
      `There is an account with this address already. To make it an admin's: users set-roles ${email} admin`,
    );
  }
}
