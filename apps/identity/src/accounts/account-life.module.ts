import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../clients/api-keys/api-keys.module.js';
import { MailModule } from '../mail/mail.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountDeletion } from './account.deletion.js';
import { AccountMails } from './account.mails.js';
import { AccountsModule } from './accounts.module.js';
import { AccountAdministration } from './administration/account-administration.service.js';
import { AccountUnlocking } from './administration/account-unlocking.service.js';
import { AccountDirectory } from './administration/account.directory.js';
import { Invitations } from './administration/invitations.service.js';
import { PasswordLinks } from './administration/password.links.js';
import { AddresseesRepository } from './links/addressees.repository.js';
import { MailedLinks } from './links/mailed.links.js';
import { OneTimeTokens } from './links/one-time.tokens.js';
import { AccountExport } from './own/account.export.js';
import { EmailChanges } from './own/email-changes.service.js';
import { OwnAccountController } from './own/own-account.controller.js';
import { OwnAccountDeletion } from './own/own-account.deletion.js';
import { OwnAccount } from './own/own-account.service.js';
import { PasswordChanges } from './own/password-changes.service.js';
import { PasswordReplacement } from './password-reset/password.replacement.js';
import { PasswordResetsController } from './password-reset/password-resets.controller.js';
import { PasswordResets } from './password-reset/password-resets.service.js';
import { PasswordRules } from './passwords/password.rules.js';
import { Passwords } from './passwords/passwords.service.js';
import { ConfirmationsController } from './sign-up/confirmations.controller.js';
import { Confirmations } from './sign-up/confirmations.service.js';
import { SignUpController } from './sign-up/sign-up.controller.js';
import { SignUp } from './sign-up/sign-up.service.js';
import { UserExport } from './transfer/user.export.js';
import { UserImport } from './transfer/user.import.js';
import { UserAccess } from './user.access.js';

/** An account's life: how it begins, is confirmed, changes, and ends. */
@Module({
  imports: [AccountsModule, ApiKeysModule, MailModule, RevocationModule, SessionsModule],
  controllers: [SignUpController, ConfirmationsController, PasswordResetsController, OwnAccountController],
  providers: [
    AccountAdministration,
    AccountDeletion,
    AccountDirectory,
    AccountExport,
    AccountMails,
    AccountUnlocking,
    AddresseesRepository,
    Confirmations,
    EmailChanges,
    Invitations,
    MailedLinks,
    OneTimeTokens,
    OwnAccount,
    OwnAccountDeletion,
    PasswordChanges,
    PasswordLinks,
    PasswordReplacement,
    PasswordResets,
    PasswordRules,
    Passwords,
    SignUp,
    UserAccess,
    UserExport,
    UserImport,
  ],
  exports: [AccountAdministration, AccountDirectory, AccountUnlocking, Invitations, OwnAccount, UserAccess],
})
export class AccountLifeModule {}
