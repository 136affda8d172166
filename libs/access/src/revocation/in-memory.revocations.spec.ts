import { randomBytes } from 'node:crypto';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import { describe, expect, it } from 'vitest';
import { InMemoryRevocations } from './in-memory.revocations.js';

const NOW = 1_790_000_000;

function tokenWith(claims: Partial<AccessTokenClaims> = {}) {
  const usual = { jti: 'jti_1', sid: 'ses_1', sub: 'usr_1', client_id: 'consumer', iat: NOW };
  return { claims: { ...usual, ...claims } as AccessTokenClaims, kid: 'key_1' };
}

function sweepAll(revocations: InMemoryRevocations, now: number): void {
  for (let turn = 0; turn < 64; turn += 1) revocations.sweep(now);
}

describe('revocations in memory', () => {
  it.each([
    ['session', 'ses_1'],
    ['token', 'jti_1'],
    ['subject', 'usr_1'],
    ['client', 'consumer'],
    ['key', 'key_1'],
  ] as const)('cover a token whose %s was revoked, and no other', (kind, id) => {
    const revocations = new InMemoryRevocations();
    revocations.add({ kind, id: `${id}0`, expires_at: NOW });
    revocations.add({ kind: 'api_key', id, expires_at: NOW });
    expect(revocations.covers(tokenWith())).toBe(false);
    revocations.add({ kind, id, expires_at: NOW });
    expect(revocations.covers(tokenWith())).toBe(true);
    expect(revocations.has(kind, id)).toBe(true);
  });

  it.each(['subject', 'client'] as const)('end what a %s had before, and a skew later', (kind) => {
    const revocations = new InMemoryRevocations();
    revocations.add({ kind, id: kind === 'subject' ? 'usr_1' : 'consumer', before: NOW, expires_at: NOW });
    expect(revocations.covers(tokenWith({ iat: NOW + 60 }))).toBe(true);
    expect(revocations.covers(tokenWith({ iat: NOW + 61 }))).toBe(false);
  });

  it('cover a token without a session, where that is what was revoked', () => {
    const revocations = new InMemoryRevocations();
    revocations.add({ kind: 'session', id: 'undefined', expires_at: NOW });
    expect(revocations.covers(tokenWith({ sid: undefined }))).toBe(false);
  });

  it('cover what was made from a token that was revoked, and not what that was made from', () => {
    const revocations = new InMemoryRevocations();
    revocations.add({ kind: 'token', id: 'jti_1.a', expires_at: NOW });
    expect(revocations.covers(tokenWith({ jti: 'jti_1.a.b' }))).toBe(true);
    expect(revocations.covers(tokenWith({ jti: 'jti_1.a' }))).toBe(true);
    expect(revocations.covers(tokenWith({ jti: 'jti_1' }))).toBe(false);
    expect(revocations.covers(tokenWith({ jti: 'jti_1.aa' }))).toBe(false);
  });

  it('move on with every new entry, and with no repetition', () => {
    const revocations = new InMemoryRevocations();
    const { epoch } = revocations;
    revocations.add({ kind: 'session', id: 'ses_1', expires_at: NOW });
    expect(revocations.epoch).toBe(epoch + 1);
    revocations.add({ kind: 'session', id: 'ses_1', expires_at: NOW });
    expect(revocations.epoch).toBe(epoch + 1);
  });

  it('move on when others take their place', () => {
    const revocations = new InMemoryRevocations();
    revocations.add({ kind: 'session', id: 'ses_1', expires_at: NOW });
    const { epoch } = revocations;
    const others = revocations.emptied();
    others.add({ kind: 'session', id: 'ses_2', expires_at: NOW });
    revocations.takeOver(others);
    expect(revocations.epoch).toBeGreaterThan(epoch);
    expect([revocations.has('session', 'ses_1'), revocations.has('session', 'ses_2')]).toEqual([false, true]);
  });

  it('are told to who wants to know, each once, and no single one when all are new', () => {
    const revocations = new InMemoryRevocations();
    const told: unknown[] = [];
    revocations.subscribe((revocation) => told.push(revocation));
    const session = { kind: 'session', id: 'ses_1', expires_at: NOW } as const;
    revocations.add(session);
    revocations.add(session);
    revocations.takeOver(revocations.emptied());
    expect(told).toEqual([session, undefined]);
  });

  it('stay for ten minutes after they have expired, by a clock that may be wrong', () => {
    const revocations = new InMemoryRevocations();
    revocations.add({ kind: 'session', id: 'ses_1', expires_at: NOW });
    sweepAll(revocations, NOW + 599);
    expect(revocations.size).toBe(1);
    sweepAll(revocations, NOW + 600);
    expect(revocations.size).toBe(0);
  });

  it('need at most 120 MB of resident memory for a million', () => {
    const ids = () => `ses_${randomBytes(16).toString('hex')}`;
    const revocations = new InMemoryRevocations();
    const before = process.memoryUsage();
    for (let i = 0; i < 1_000_000; i += 1) revocations.add({ kind: 'session', id: ids(), expires_at: NOW });
    const { arrayBuffers } = process.memoryUsage();
    expect(revocations.size).toBe(1_000_000);
    // The block itself and the one it grew from; garbage of this test is not counted, tools/bench measures the rest.
    expect((arrayBuffers - before.arrayBuffers) / 1e6).toBeLessThan(120);
  });
});
