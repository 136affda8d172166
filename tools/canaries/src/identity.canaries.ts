import type { Canary } from './canary.ts';

const RENEWAL = 'apps/identity/src/sessions/session.renewal.ts';

/** Flaws of the identity provider. */
export const IDENTITY_CANARIES: readonly Canary[] = [
  {
    name: 'naive-rotation',
    flaw: 'a refresh token is looked up, and then spent by whoever found it good',
    edits: [
      {
        file: RENEWAL,
        from: 'const renewed = await this.alone(token, () =>',
        to: 'if (!(await this.tokens.findRenewable(token))) throw new InvalidRefreshToken();\n    const renewed = await this.alone(newOpaqueToken(), () =>',
      },
      {
        file: RENEWAL,
        from: "import { successorOf } from './refresh.token.js';",
        to: "import { newOpaqueToken } from '../secrets/opaque.token.js';",
      },
      { file: RENEWAL, from: 'successorOf(token, this.config.tokenSecret)', to: 'newOpaqueToken()' },
      {
        file: 'apps/identity/src/sessions/refresh-tokens.repository.ts',
        from: 'WHERE digest = ? AND spent_at IS NULL',
        to: 'WHERE digest = ?',
      },
    ],
    check: { fault: 'refresh-race', rounds: 1 },
  },
  {
    name: 'token-before-commit',
    flaw: 'a session is renewed, and the answer sent, before that is committed',
    edits: [
      {
        file: RENEWAL,
        from: 'this.database.transaction((manager) => this.exchange(manager, token, owner, origin)),',
        to: `new Promise<RenewableSession | undefined>((resolve, reject) => {
      const work = async (manager: EntityManager) => {
        resolve(await this.exchange(manager, token, owner, origin));
        await new Promise((done) => setTimeout(done, 100));
      };
      this.database.transaction(work).catch(reject);
    }),`,
      },
    ],
    check: { fault: 'identity-kill', rounds: 14 },
  },
  {
    name: 'late-commit-skipped',
    flaw: 'the feed goes by ids, and never looks back at a transaction that commits late',
    edits: [
      {
        file: 'apps/identity/src/revocation/revocations.repository.ts',
        from: ".where('position IS NULL')",
        to: ".where('position IS NULL AND id > (SELECT COALESCE(MAX(told.id), 0) FROM revocations told WHERE told.position IS NOT NULL)')",
      },
    ],
    check: {
      spec: 'apps/identity/src/revocation/commit-order.spec.ts',
      test: 'are both told, the earlier one last',
    },
  },
  {
    name: 'revoked-before-commit',
    flaw: 'a revocation is told before its transaction is committed, and though it never is',
    edits: [
      {
        file: 'apps/identity/src/revocation/revocation.log.ts',
        from: 'this.commits.afterCommit(manager, () => this.publish(rows));',
        to: 'this.commits.afterCommit(manager, () => undefined);\n    this.publish(rows);',
      },
    ],
    check: {
      spec: 'apps/identity/src/revocation/revocation.log.spec.ts',
      test: 'do not hold before the commit, nor when there is none',
    },
  },
  {
    name: 'unpublished-key-signs',
    flaw: 'rotation lets a key sign that guards have not had time to fetch',
    edits: [
      {
        file: 'apps/identity/src/keys/key.rotation.ts',
        from: 'Math.max(Date.now(), published)',
        to: 'Math.min(Date.now(), published)',
      },
    ],
    check: {
      spec: 'apps/identity/src/keys/key.rotation.spec.ts',
      test: 'do not sign before they were published for long enough',
    },
  },
  {
    name: 'unbounded-hash-queue',
    flaw: 'any number of sign-ins wait for a thread that hashes',
    edits: [
      {
        file: 'apps/identity/src/accounts/hashing/hash.pool.ts',
        from: 'const MAX_WAITING = 128;',
        to: 'const MAX_WAITING = 1_000_000;',
      },
    ],
    check: {
      spec: 'apps/identity/src/accounts/hashing/hash.pool.spec.ts',
      test: 'sheds what a flood brings beyond its queue',
    },
  },
  {
    name: 'unknown-address-is-quicker',
    flaw: 'no password is hashed where no account has the address',
    edits: [
      {
        file: 'apps/identity/src/accounts/hashing/password.hasher.ts',
        from: 'const readable = digest && isArgon2id(digest) ? digest : DECOY;',
        to: 'if (!digest) return false;\n    const readable = isArgon2id(digest) ? digest : DECOY;',
      },
    ],
    check: { spec: 'apps/identity/src/accounts/equal-times.spec.ts', test: 'at sign-in' },
  },
  {
    name: 'limits-of-one-process',
    flaw: 'each replica counts the attempts by itself, though there is a Valkey',
    edits: [
      {
        file: 'apps/identity/src/throttling/budgets.ts',
        from: 'if (!this.redis) return new Budget',
        to: 'if (!this.redis || terms.points > 0) return new Budget',
      },
    ],
    check: {
      spec: 'apps/identity/src/throttling/shared-limits.spec.ts',
      test: 'hold for both together, and keep no address',
    },
  },
  {
    name: 'mail-in-the-request',
    flaw: 'a mail goes out while the change that it tells of may still fail',
    edits: [
      {
        file: 'apps/identity/src/mail/mail.outbox.ts',
        from: 'this.delivery.expect();',
        to: 'await this.delivery.deliver();',
      },
      {
        file: 'apps/identity/src/mail/mail.outbox.ts',
        from: 'await manager.insert(Mail, {',
        to: 'await manager.dataSource.manager.insert(Mail, {',
      },
    ],
    check: {
      spec: 'apps/identity/src/mail/mail.outbox.spec.ts',
      test: 'keeps no mail of a change that was not made',
    },
  },
];
