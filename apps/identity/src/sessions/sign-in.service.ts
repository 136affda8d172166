import type { EmailAndPassword } from '@gatehouse/contracts';
import { Database } from '@gatehouse/service-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { InvalidCredentials, SignInRefused } from '../accounts/account.errors.js';
import { Authentication, type AuthenticatedUser } from '../accounts/authentication.service.js';
import type { User } from '../accounts/user.entity.js';
import { UsersRepository } from '../accounts/users.repository.js';
import { AuditTrail } from '../audit/audit.trail.js';
import type { RequestOrigin } from '../audit/request.origin.js';
import { type OpenedSession, type SessionTerms, Sessions } from './sessions.service.js';

/** Someone who has just signed in. */
export interface SignedIn extends OpenedSession {
  user: User;
}

/** Signs people in, at whichever door they come. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly authentication: Authentication,
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Checks the password and opens a session.
   *
   * @param terms how long the session and its tokens last, as the door has it
   * @throws SignInRefused, TooManyRequests
   */
  async signIn(credentials: EmailAndPassword, terms: SessionTerms, origin: RequestOrigin): Promise<SignedIn> {
    const attempt = async () => {
      const { email, password } = credentials;
      const authenticated = await this.authentication.authenticate(email, password, origin);
      return this.database.transaction((manager) => this.open(manager, authenticated, terms, origin));
    };
    try {
      // The account may have changed since it was read: a sign-in of the same moment may have re-hashed the password.
      const signedIn = (await attempt()) ?? (await attempt());
      if (!signedIn) throw new InvalidCredentials();
      return signedIn;
    } catch (error) {
      if (error instanceof SignInRefused) await this.recordRefusal(error, terms, origin);
      throw error;
    }
  }

  private async open(
    manager: EntityManager,
    { user, newDigest }: AuthenticatedUser,
    terms: SessionTerms,
    origin: RequestOrigin,
  ): Promise<SignedIn | undefined> {
    if (!(await this.users.noteSignIn(manager, user, newDigest))) return undefined;
    // The user's row is held by now, so of two sign-ins at once the later one ends the earlier.
    if (terms.replacesEarlier) {
      await this.sessions.end(manager, { userId: user.id, clientId: terms.clientId });
    }
    const opened = await this.sessions.open(manager, user, terms, origin);
    await this.audit.record(manager, {
      type: 'user.sign_in',
      actorId: user.id,
      subjectId: user.id,
      details: { client_id: terms.clientId, session_id: opened.session.id },
      origin,
    });
    return { user, ...opened };
  }

  private recordRefusal(
    refusal: SignInRefused,
    { clientId }: SessionTerms,
    origin: RequestOrigin,
  ): Promise<void> {
    return this.database.statement((manager) =>
      this.audit.record(manager, {
        type: 'user.sign_in',
        outcome: 'failure',
        subjectId: refusal.userId,
        details: { client_id: clientId, reason: refusal.code },
        origin,
      }),
    );
  }
}
