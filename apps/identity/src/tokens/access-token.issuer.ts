import { randomBytes, randomUUID } from 'node:crypto';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import type { VerifiedToken } from '@gatehouse/tokens';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { IdentityConfig } from '../identity.config.js';
import { KeyRing } from '../keys/key.ring.js';
import type { RingKey } from '../keys/ring.key.js';

/** What the one who asks for a token decides; the issuer adds the rest. */
export type TokenGrant = Omit<AccessTokenClaims, 'iss' | 'iat' | 'jti' | 'nbf'>;

/** An access token and what it says. */
export interface IssuedToken {
  readonly token: string;
  readonly claims: AccessTokenClaims;
}

/** Signs access tokens (RFC 9068) with the key that is active. */
@Injectable()
export class AccessTokenIssuer {
  constructor(
    private readonly jwt: JwtService,
    private readonly ring: KeyRing,
    private readonly config: IdentityConfig,
  ) {}

  /** @param issuedAt where it was decided a moment ago, so that the token lives exactly as long as it should */
  issue(grant: TokenGrant, issuedAt = new Date()): IssuedToken {
    return this.sign(this.ring.current(), { ...grant, iat: numericDate(issuedAt), jti: randomUUID() });
  }

  /**
   * A token made from another one. Its id begins with that one's, up to a dot, and it is signed by the same key, so
   * that whatever ends that one, by its id, session, subject or key, ends this one too.
   */
  issueFrom({ claims, kid }: Pick<VerifiedToken, 'claims' | 'kid'>, grant: TokenGrant): IssuedToken {
    return this.sign(this.ring.get(kid), {
      ...grant,
      iat: numericDate(new Date()),
      jti: `${claims.jti}.${randomBytes(12).toString('base64url')}`,
    });
  }

  private sign({ kid, algorithm, privateKey }: RingKey, claims: Omit<AccessTokenClaims, 'iss'>): IssuedToken {
    const complete = { iss: this.config.issuer, ...claims };
    const token = this.jwt.sign(complete, {
      privateKey,
      algorithm,
      keyid: kid,
      header: { alg: algorithm, typ: 'at+jwt' }, // RFC 9068 §2.1
    });
    return { token, claims: complete };
  }
}

/** A time as tokens tell it: whole seconds since the epoch (RFC 7519 §2). */
export function numericDate(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}
