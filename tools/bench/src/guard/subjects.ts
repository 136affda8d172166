import { AccessModule } from '@gatehouse/access';
import { FastJwtGuard } from './peers/fast-jwt.guard.js';
import { JoseGuard } from './peers/jose.guard.js';
import { OAuth2BearerGuard } from './peers/oauth2-bearer.guard.js';
import { keyObjectPassportGuard, stockPassportGuard } from './peers/passport.guard.js';
import type { SignatureAlgorithm } from './bench.identity.js';
import type { GuardSettings, Subject } from './subject.js';

/** Everything that is measured, by the name the table gives it. `open` is what all are compared with. */
export const SUBJECTS = {
  open: () => ({}),
  gatehouse: ({ issuer, audience }) => ({
    imports: [AccessModule.forRoot({ issuer, audience, revocation: 'off' })],
  }),
  'fast-jwt, cached': (settings) => ({ guard: new FastJwtGuard(settings) }),
  jose: (settings) => ({ guard: new JoseGuard(settings) }),
  'oauth2-jwt-bearer': (settings) => ({ guard: new OAuth2BearerGuard(settings) }),
  'passport-jwt, KeyObject': (settings) => ({ guard: keyObjectPassportGuard(settings) }),
  'passport-jwt, stock': (settings) => ({ guard: stockPassportGuard(settings) }),
} as const satisfies Record<string, (settings: GuardSettings) => Subject>;

/** The name of one of {@link SUBJECTS}. */
export type SubjectName = keyof typeof SUBJECTS;

/** Those that can share a secret: with it whoever verifies could also sign, so ours cannot, nor what fetches its keys. */
const SHARING_A_SECRET: readonly string[] = [
  'open',
  'fast-jwt, cached',
  'passport-jwt, KeyObject',
  'passport-jwt, stock',
] satisfies SubjectName[];

/** Those of the given subjects that take tokens of this algorithm, and the open route. */
export function subjectsFor(algorithm: SignatureAlgorithm, given: readonly string[]): string[] {
  return Object.keys(SUBJECTS)
    .filter((name) => name === 'open' || given.includes(name))
    .filter((name) => algorithm !== 'HS256' || SHARING_A_SECRET.includes(name));
}
