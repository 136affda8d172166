import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { TokenVerifier, type VerifiedToken } from '@gatehouse/tokens';
import { Strategy } from 'passport-jwt';
import type { Principal } from '../principal/principal.js';
import { PresentedToken } from './presented.token.js';

type Done = (error: unknown, verified?: unknown) => void;
type TakesKey = (error: null, key: string) => void;
type Verifier = (token: string, key: unknown, options: unknown, done: Done) => void;

// passport-jwt's seam for another verifier is this static member. Whoever else uses passport-jwt in the process keeps
// the stock one: ours is chosen by the key it is given, which for our strategy is a TokenVerifier.
const seam = Strategy as unknown as { JwtVerifier: Verifier };
const stock = seam.JwtVerifier;
seam.JwtVerifier = (token, key, options, done) => {
  if (!(key instanceof TokenVerifier)) return stock(token, key, options, done);
  void report(key.open(token), done);
};

async function report(opening: Promise<VerifiedToken>, done: Done): Promise<void> {
  let verified: VerifiedToken;
  try {
    verified = await opening;
  } catch (error) {
    return done(error);
  }
  done(null, verified);
}

/** The passport strategy `jwt`: passport-jwt, with `@gatehouse/tokens` as its verifier. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor() {
    super({
      passReqToCallback: true,
      // Anything but a token that our guard presents is refused: which keys it would need nobody knows here.
      jwtFromRequest: (presented: unknown) => (presented instanceof PresentedToken ? presented.token : null),
      // Typed as strings only: our verifier takes itself for the key.
      secretOrKeyProvider: ({ verifier }: PresentedToken, _token: unknown, done: TakesKey) =>
        done(null, verifier as unknown as string),
    });
  }

  /** Called by passport once the token was found good. */
  validate(presented: PresentedToken, verified: VerifiedToken): Principal {
    presented.principal = presented.authority.admit(presented.token, verified);
    return presented.principal;
  }
}
