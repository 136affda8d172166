import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../audit/audit.trail.js';
import type { RequestOrigin } from '../../audit/request.origin.js';
import { Sessions } from '../../sessions/sessions.service.js';
import { SignInLimits } from '../../throttling/sign-in.limits.js';
import { AccountMails } from '../account.mails.js';
import { OneTimeTokens } from '../links/one-time.tokens.js';
import { changeUser } from '../user.change.js';
import { User } from '../user.entity.js';

/** How a password comes to be replaced. */
export interface ReplacementTerms {
  readonly type: 'user.password_reset' | 'user.password_change';
  /** The one session that goes on. */
  readonly keep?: string | undefined;
  readonly origin: RequestOrigin;
}

/** Puts a new password in the place of the old one, and ends what was opened with that. */
@Injectable()
export class PasswordReplacement {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: OneTimeTokens,
    private readonly mails: AccountMails,
    private readonly limits: SignInLimits,
    private readonly audit: AuditTrail,
  ) {}

  /** @param user whose row is held */
  async replace(
    manager: EntityManager,
    user: User,
    passwordDigest: string,
    { type, keep, origin }: ReplacementTerms,
  ): Promise<void> {
    const { id } = user;
    await changeUser(manager, id, { passwordDigest, passwordResetRequired: false });
    // Whoever knew the old password may have asked for links: to set it once more, to take the account elsewhere.
    await this.tokens.forget(manager, id);
    await this.sessions.end(manager, { userId: id, except: keep });
    await this.mails.notice(manager, 'password_changed', user);
    await this.audit.record(manager, { type, actorId: id, subjectId: id, origin });
    // However many guesses strangers have used up: here is the owner.
    await this.limits.welcome(user.email, origin.address);
  }
}
