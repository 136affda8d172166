import { describe, expect, it } from 'vitest';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import { InMemoryRevocations } from './in-memory.revocations.js';

type Revocation = Omit<Parameters<InMemoryRevocations['add']>[0], 'expires_at'>;

const claims: AccessTokenClaims = {
  iss: 'https://id.example.com',
  sub: 'usr_1',
  aud: ['gatehouse'],
  exp: 2_000,
  iat: 1_000,
  jti: 'tok_1',
  client_id: 'web',
  scope: '',
  sid: 'ses_1',
};

/** Whether a token with these claims is covered by one entry. */
function covers(entry: Revocation, token: object = {}): boolean {
  const revocations = new InMemoryRevocations({ skew: 60 });
  revocations.add({ ...entry, expires_at: 2_060 });
  return revocations.covers({ claims: { ...claims, ...token }, kid: 'key_1' });
}

describe('a revocation', () => {
  it.each<[Revocation]>([
    [{ kind: 'token', id: 'tok_1' }],
    [{ kind: 'session', id: 'ses_1' }],
    [{ kind: 'key', id: 'key_1' }],
    [{ kind: 'subject', id: 'usr_1' }],
    [{ kind: 'client', id: 'web' }],
  ])('%j covers a token that it names, and no other', (entry) => {
    expect(covers(entry)).toBe(true);
    expect(covers({ ...entry, id: 'other' })).toBe(false);
    expect(covers({ ...entry, kind: 'api_key' })).toBe(false);
  });

  it('of a session does not concern a token without one', () => {
    expect(covers({ kind: 'session', id: 'undefined' }, { sid: undefined })).toBe(false);
  });

  it.each(['subject', 'client'] as const)(
    'of a %s covers what was issued up to then, and within the skew after',
    (kind) => {
      const id = kind === 'subject' ? 'usr_1' : 'web';
      expect(covers({ kind, id, before: 1_000 })).toBe(true);
      expect(covers({ kind, id, before: 940 })).toBe(true);
      expect(covers({ kind, id, before: 939 })).toBe(false);
    },
  );

  it('moves the epoch', () => {
    const revocations = new InMemoryRevocations({ skew: 60 });
    const before = revocations.epoch;
    revocations.add({ kind: 'token', id: 'x', expires_at: 1 });
    expect(revocations.epoch).toBeGreaterThan(before);
  });
});
