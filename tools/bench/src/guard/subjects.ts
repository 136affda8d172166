import { AccessModule } from '@gatehouse/access';
import { FastJwtGuard } from './peers/fast-jwt.guard.js';
import { JoseGuard } from './peers/jose.guard.js';
import { OAuth2BearerGuard } from './peers/oauth2-bearer.guard.js';
import { keyObjectPassportGuard, stockPassportGuard } from './peers/passport.guard.js';
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
