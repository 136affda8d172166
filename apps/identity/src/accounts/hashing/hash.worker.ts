import { hashSync, verifySync } from '@node-rs/argon2';
import { verifySync as verifyBcryptSync } from '@node-rs/bcrypt';

// This file runs in a thread of its own and imports no file of ours, so that it runs from source as it does built.

/** What the pool asks of a thread. */
export type HashJob =
  | { kind: 'hash'; password: string; cost: Argon2idCost }
  | { kind: 'verify-argon2id'; password: string; digest: string }
  | { kind: 'verify-bcrypt'; password: string; digest: string };

/** The cost of argon2id (RFC 9106 §3.1). */
export interface Argon2idCost {
  /** KiB. */
  memoryCost: number;
  /** Passes. */
  timeCost: number;
  /** Lanes. */
  parallelism: number;
}

/** Hashes, or compares with a digest. A digest that cannot be read matches nothing. */
function run(job: HashJob): string | boolean {
  if (job.kind === 'hash') return hashSync(job.password, job.cost);
  const verify = job.kind === 'verify-bcrypt' ? verifyBcryptSync : verifyArgon2id;
  return verify(job.password, job.digest);
}

function verifyArgon2id(password: string, digest: string): boolean {
  try {
    return verifySync(digest, password);
  } catch {
    return false; // no digest of argon2id
  }
}

// What `require` gives, and the thread pool requires this file: without it Node wraps the module in one of its own, and
// aborts the whole process when a thread is ended in the midst of that.
export { run as 'module.exports' };
