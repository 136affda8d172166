import { Injectable } from '@nestjs/common';
import { IdentityConfig } from '../../identity.config.js';
import { isArgon2id, isBcrypt } from './digest.formats.js';
import { HashPool } from './hash.pool.js';
import type { Argon2idCost } from './hash.worker.js';

/** OWASP's floor for argon2id (Password Storage Cheat Sheet). */
const COST: Argon2idCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** How a digest of {@link COST} begins, in the PHC string format. */
const CURRENT = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/** Compared with where no account has the address: a well-formed digest that no password has. */
const DECOY = `${CURRENT}${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Turns passwords into digests, and tells whether a password is the one of a digest. */
@Injectable()
export class PasswordHasher {
  constructor(
    private readonly pool: HashPool,
    private readonly config: IdentityConfig,
  ) {}

  /**
   * To be asked before the database is, where much may be asked at once: what is refused is to cost next to nothing.
   *
   * @throws HashingOverloaded when too many others wait
   */
  refuseIfFull(): void {
    this.pool.refuseIfFull();
  }

  /**
   * @returns an argon2id digest in the PHC string format
   * @throws HashingOverloaded when too many others wait
   */
  async hash(password: string): Promise<string> {
    return String(await this.pool.run({ kind: 'hash', password: normalized(password), cost: COST }));
  }

  /**
   * Whether the digest, argon2id's or an imported bcrypt one, is the password's. Without one, or with one of another
   * form, it works as long and answers false, so that the time tells nobody whether an account exists.
   *
   * @throws HashingOverloaded when too many others wait
   */
  async verify(password: string, digest: string | null | undefined): Promise<boolean> {
    if (digest && isBcrypt(digest)) return this.verifyBcrypt(password, digest);
    const readable = digest && isArgon2id(digest) ? digest : DECOY;
    return (
      (await this.pool.run({
        kind: 'verify-argon2id',
        password: normalized(password),
        digest: readable,
      })) === true
    );
  }

  /** Whether the digest should be made anew while the password is at hand: another scheme, or another cost. */
  isOutdated(digest: string): boolean {
    return !digest.startsWith(CURRENT);
  }

  // Devise appends its pepper before it hashes. bcrypt reads up to a NUL: one in the password would shorten it.
  private async verifyBcrypt(password: string, digest: string): Promise<boolean> {
    const peppered = password + (this.config.devisePepper ?? '');
    if (peppered.includes('\0')) return false;
    return (await this.pool.run({ kind: 'verify-bcrypt', password: peppered, digest })) === true;
  }
}

// One password has one spelling, however a keyboard composes it (NIST SP 800-63B-4 §3.1.1.2).
function normalized(password: string): string {
  return password.normalize('NFKC');
}
