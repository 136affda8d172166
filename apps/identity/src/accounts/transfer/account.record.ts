import { isEmailAddress, normalizedEmail } from '@gatehouse/contracts';
import { newId } from '../../database/identifier.js';
import { preferredLocale } from '../../locales/preferred.locale.js';
import { isAffordable, isArgon2id, isBcrypt } from '../hashing/digest.formats.js';
import { newUser } from '../new.user.js';
import type { Role, User } from '../user.entity.js';
import { flagOf, textOf, timeOf, wordsOf } from './record.fields.js';
import { RecordRefused } from './transfer.errors.js';

type Fields = Readonly<Record<string, unknown>>;

/** What becomes of an account that Devise has locked. */
export const LOCKED_ACCOUNTS = ['reset', 'disable', 'open'] as const;

/** How records are read. */
export interface TransferTerms {
  /** Take accounts for confirmed that do not say so: Devise without `:confirmable`. */
  readonly assumeConfirmed?: boolean;
  /** `reset` lets its owner in by a reset link alone, as Devise does by its unlock mail. */
  readonly locked: (typeof LOCKED_ACCOUNTS)[number];
  /** Devise's `unlock_in`, in seconds: older locks are over. */
  readonly unlockIn?: number;
}

/** An account as a record tells of it. */
export interface ImportedAccount {
  readonly user: User;
  /** What it is called where it comes from. */
  readonly externalId: string | null;
  /** Whether the record says when the account was made, and not this import. */
  readonly dated: boolean;
}

/** Reads a record by the names that Devise's columns have. @throws RecordRefused with the reason */
export function accountOf(fields: Fields, terms: TransferTerms, now = new Date()): ImportedAccount {
  const createdAt = timeOf(fields, 'created_at');
  const locked = isLocked(fields, terms, now);
  const user = newUser({
    id: newId('usr', (createdAt ?? now).getTime()),
    email: emailOf(fields),
    passwordDigest: digestOf(fields),
    passwordResetRequired: flagOf(fields, 'password_reset_required') || (locked && terms.locked === 'reset'),
    roles: rolesOf(fields),
    locale: preferredLocale(textOf(fields, 'locale')?.replace('_', '-')),
    emailConfirmedAt: timeOf(fields, 'confirmed_at') ?? (terms.assumeConfirmed ? (createdAt ?? now) : null),
    disabledAt: timeOf(fields, 'disabled_at') ?? (locked && terms.locked === 'disable' ? now : null),
    lastSignInAt: timeOf(fields, 'current_sign_in_at') ?? timeOf(fields, 'last_sign_in_at'),
    createdAt: createdAt ?? now,
    updatedAt: timeOf(fields, 'updated_at') ?? createdAt ?? now,
  });
  return {
    user,
    externalId: textOf(fields, 'external_id') ?? textOf(fields, 'id'),
    dated: createdAt !== null,
  };
}

function emailOf(fields: Fields): string {
  const email = normalizedEmail(textOf(fields, 'email', 254) ?? '');
  if (!isEmailAddress(email)) throw new RecordRefused('email must be an email address');
  return email;
}

/** Without one, its owner sets a password by a reset link. */
function digestOf(fields: Fields): string | null {
  const digest = textOf(fields, 'encrypted_password') ?? textOf(fields, 'password_digest');
  if (digest === null) return null;
  if (!isBcrypt(digest) && !isArgon2id(digest))
    throw new RecordRefused('encrypted_password is no digest of bcrypt or argon2id');
  if (!isAffordable(digest))
    throw new RecordRefused('encrypted_password costs too much or too little to verify');
  return digest;
}

function rolesOf(fields: Fields): Role[] {
  const words = new Set([...wordsOf(fields, 'roles'), ...wordsOf(fields, 'role')]);
  if (flagOf(fields, 'admin')) words.add('admin');
  words.delete('user');
  const [unknown] = [...words].filter((word) => word !== 'admin');
  if (unknown !== undefined)
    throw new RecordRefused(`there is no role ${unknown}: there is admin, or user for none`);
  return [...words] as Role[];
}

function isLocked(fields: Fields, { unlockIn }: TransferTerms, now: Date): boolean {
  const lockedAt = timeOf(fields, 'locked_at');
  if (lockedAt === null) return false;
  return unlockIn === undefined || lockedAt.getTime() + unlockIn * 1_000 > now.getTime();
}
