import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { CanActivate } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { GuardSettings } from '../subject.js';

/** The stock guard: passport-jwt as the tutorial has it, its key a string. */
export function stockPassportGuard(settings: GuardSettings): CanActivate {
  return passportGuard(settings, settings.key);
}

/** The fair baseline: the same, its key parsed once. */
export function keyObjectPassportGuard(settings: GuardSettings): CanActivate {
  const { algorithm, key } = settings;
  const parsed = algorithm === 'HS256' ? createSecretKey(Buffer.from(key)) : createPublicKey(key);
  return passportGuard(settings, parsed);
}

function passportGuard({ issuer, audience, algorithm }: GuardSettings, key: string | KeyObject): CanActivate {
  class StockStrategy extends PassportStrategy(Strategy, 'stock') {
    constructor() {
      super({
        jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
        secretOrKey: key as string,
        issuer,
        audience,
        algorithms: [algorithm],
      });
    }

    validate(payload: object): object {
      return payload;
    }
  }
  passport.use('stock', new StockStrategy());
  const Guard = AuthGuard('stock');
  return new Guard();
}
