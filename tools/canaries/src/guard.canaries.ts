import type { Canary, Check } from './canary.ts';

const CLAIMS = 'libs/tokens/src/verify/claims.checks.ts';
const AUTHORITY = 'libs/access/src/guard/authority.ts';
const AUTHORITY_SPEC = 'libs/access/src/guard/authority.spec.ts';

/** The conformance kit against a real service. */
const KIT: Check = { spec: 'apps/articles/src/conformance.spec.ts', test: 'articles conforms' };

/** Flaws of who lets requests in. */
export const GUARD_CANARIES: readonly Canary[] = [
  {
    name: 'no-aud-check',
    flaw: 'a token for any audience passes',
    edits: [
      {
        file: CLAIMS,
        from: 'return Array.isArray(aud) ? aud.includes(audience) : aud === audience;',
        to: 'return aud !== undefined || audience !== undefined;',
      },
    ],
    check: KIT,
  },
  {
    name: 'no-typ-check',
    flaw: 'a token of any other kind passes',
    edits: [
      {
        file: 'libs/tokens/src/verify/header.checks.ts',
        from: "return typeof typ === 'string' && /^(?:application\\/)?at\\+jwt$/i.test(typ);",
        to: "return typeof typ === 'string' || typ === undefined;",
      },
    ],
    check: KIT,
  },
  {
    name: 'revocation-ignored',
    flaw: 'the guard does not ask what was revoked',
    edits: [
      {
        file: AUTHORITY,
        from: "if (revocations.covers({ claims, kid })) throw new InvalidToken('revoked');",
        to: 'void revocations;',
      },
      {
        file: AUTHORITY,
        from: 'if (revocations.covers(known.verified) || keys',
        to: 'if (revocations && keys',
      },
    ],
    check: { spec: AUTHORITY_SPEC, test: 'forgets a revoked token for good' },
  },
  {
    name: 'no-csrf-for-patch',
    flaw: 'a cookie carries PUT and PATCH without the CSRF value',
    edits: [
      {
        file: 'libs/access/src/guard/csrf.check.ts',
        from: "new Set(['GET', 'HEAD', 'OPTIONS'])",
        to: "new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH'])",
      },
    ],
    check: KIT,
  },
  {
    name: 'remembered-beyond-exp',
    flaw: 'a token that was verified once passes after its end',
    edits: [
      {
        file: AUTHORITY,
        from: 'return this.clock() < (known.principal.expiresAt + this.verifier.skew) * 1_000;',
        to: 'return true;',
      },
    ],
    check: {
      spec: 'libs/access/src/guard/token.lifecycle.spec.ts',
      test: 'is refused on the dot when it ends',
    },
  },
  {
    name: 'stale-feed-trusted',
    flaw: 'a guard that has not heard from the feed for long goes on',
    edits: [
      {
        file: AUTHORITY,
        from: 'if (!this.options.revocations.current) throw new KeysUnavailable();',
        to: 'if (!this.options.revocations) throw new KeysUnavailable();',
      },
    ],
    check: { spec: AUTHORITY_SPEC, test: 'answers nothing while what it knows of revocations is too old' },
  },
  {
    name: 'one-cache-for-all',
    flaw: 'a cached answer is kept without whose it is',
    edits: [
      {
        file: 'libs/identity-client/src/cache/cache.key.ts',
        from: '{ subject: caller.id, links: linksOf(caller) }',
        to: "{ subject: '*', links: linksOf(caller) }",
      },
    ],
    check: {
      spec: 'libs/identity-client/src/cache/isolation.spec.ts',
      test: 'never gives anybody what was asked for by somebody else',
    },
  },
];
