import { ValidationFailed } from '@gatehouse/contracts';
import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../../identity.config.js';
import { DEMO_USERS } from '../../database/demo.accounts.js';
import { isEasilyGuessed, isKeyboardWalk } from './easy.passwords.js';
import { isMadeOf, namesIn } from './names.js';

/** Says in a sentence why a password will not do; undefined when it will. */
type PasswordRule = (password: string, email: string) => string | undefined;

/** The password may not be set. */
export class PasswordRefused extends ValidationFailed {
  constructor(sentences: string[]) {
    super({ password: sentences });
  }
}

/**
 * What a password must be like when it is set (NIST SP 800-63B-4 §3.1.1.2): long, and not the first thing that
 * somebody would guess. Nothing is asked about what characters it is composed of. A rule more is an entry more.
 */
@Injectable()
export class PasswordRules {
  private readonly rules: readonly PasswordRule[];

  constructor({ passwordMinLength, issuer, appUrl, production }: IdentityConfig) {
    const wellKnown = production ? DEMO_USERS.flatMap(({ password }) => namesIn(password)) : [];
    this.rules = [
      atLeast(passwordMinLength),
      notMadeOfNames(['gatehouse', issuer, appUrl]),
      notEasy(wellKnown),
    ];
  }

  /**
   * @param email the address of whose password it is to be
   * @throws PasswordRefused with a sentence for each rule that says no
   */
  check(password: string, email: string): void {
    const sentences = this.rules
      .map((rule) => rule(password, email))
      .filter((sentence) => sentence !== undefined);
    if (sentences.length > 0) throw new PasswordRefused(sentences);
  }
}

function atLeast(minimum: number): PasswordRule {
  return (password) =>
    Array.from(password).length < minimum ? `password must have at least ${minimum} characters` : undefined;
}

/** @param wellKnown words that everybody can read in the examples of this project */
function notEasy(wellKnown: readonly string[]): PasswordRule {
  return (password) =>
    isEasilyGuessed(password) || isKeyboardWalk(password) || isMadeOf(password, wellKnown)
      ? 'password is too common, or too easily guessed'
      : undefined;
}

function notMadeOfNames(ofService: readonly string[]): PasswordRule {
  const ownNames = ofService.flatMap(namesIn);
  return (password, email) =>
    isMadeOf(password, [...ownNames, ...namesIn(email)])
      ? 'password must not be made of your email address or the name of this service'
      : undefined;
}
