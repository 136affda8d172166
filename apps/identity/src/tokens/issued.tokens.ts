import { REVOCATIONS, type Revocations } from '@gatehouse/access';
import type { AccessTokenClaims } from '@gatehouse/contracts';
import { InvalidToken, TokenVerifier, type VerifiedToken } from '@gatehouse/tokens';
import { Inject, Injectable } from '@nestjs/common';
import { ApiKeys } from '../clients/api-keys/api-keys.service.js';
import { IdentityConfig } from '../identity.config.js';
import { KeyRing } from '../keys/key.ring.js';
import { Sessions } from '../sessions/sessions.service.js';

/** What this service can say about access tokens of its own, whoever they are for. */
@Injectable()
export class IssuedTokens {
  constructor(
    private readonly ring: KeyRing,
    private readonly sessions: Sessions,
    private readonly apiKeys: ApiKeys,
    private readonly config: IdentityConfig,
    @Inject(REVOCATIONS) private readonly revocations: Revocations,
  ) {}

  /** The token, taken apart; undefined when it was not issued here, has expired or was revoked. */
  async find(token: string): Promise<VerifiedToken | undefined> {
    const verified = await this.verify(token);
    if (!verified || verified.claims.exp * 1_000 <= Date.now() || this.revocations.covers(verified))
      return undefined;
    const { sid } = verified.claims;
    return sid === undefined || (await this.isLive(sid)) ? verified : undefined;
  }

  /** Of a session, or of the API key that stands in the place of one. */
  private async isLive(sid: string): Promise<boolean> {
    return (await this.sessions.isLive(sid)) || (await this.apiKeys.isLive(sid));
  }

  private async verify(token: string): Promise<VerifiedToken | undefined> {
    const audience = unverifiedAudience(token);
    if (audience === undefined) return undefined;
    const { issuer } = this.config;
    try {
      return await new TokenVerifier({ issuer, audience, keys: this.ring }).open(token);
    } catch (error) {
      if (error instanceof InvalidToken) return undefined;
      throw error;
    }
  }
}

/** A verifier wants to be told for whom a token should be; here that is anyone it names. */
function unverifiedAudience(token: string): string | undefined {
  try {
    const { aud } = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    ) as AccessTokenClaims;
    return aud[0];
  } catch {
    return undefined; // not a token of ours, whatever it is
  }
}
