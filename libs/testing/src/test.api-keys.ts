import { randomUUID } from 'node:crypto';
import type { TestClaims } from './test.token.js';

interface TestApiKey {
  readonly id: string;
  /** What it is exchanged for. The `sid` is the key's own, so that the key's end reaches that too. */
  readonly claims: TestClaims & { sid: string };
}

/** The API keys of an identity for tests. */
export class TestApiKeys {
  private readonly keys = new Map<string, TestApiKey>();

  /** A new key for a token with these claims. */
  create(claims: TestClaims): string {
    const key = `ghk_${randomUUID()}`;
    this.keys.set(key, { id: `key_${randomUUID()}`, claims: { sid: `ses_${randomUUID()}`, ...claims } });
    return key;
  }

  /** What guards are told when it ends: both, as identity does. */
  end(key: string): { id: string; sid: string } | undefined {
    const known = this.keys.get(key);
    this.keys.delete(key);
    return known && { id: known.id, sid: known.claims.sid };
  }

  claimsOf(key: string): TestClaims | undefined {
    return this.keys.get(key)?.claims;
  }
}
