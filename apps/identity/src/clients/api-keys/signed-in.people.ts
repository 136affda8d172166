import type { Principal } from '@gatehouse/access';
import { Injectable } from '@nestjs/common';
import { NotSignedIn } from './api-key.errors.js';
import { ApiKeys } from './api-keys.service.js';

/**
 * Keeps to people what changes how an account is signed in to, ends it, or outlives the session. Whoever holds an API
 * key, or a token exchanged for the user's, could else take the account over for good.
 */
@Injectable()
export class SignedInPeople {
  constructor(private readonly apiKeys: ApiKeys) {}

  /** @throws NotSignedIn */
  async require({ actor, sessionId }: Principal): Promise<void> {
    if (actor !== undefined || (sessionId && (await this.apiKeys.isLive(sessionId)))) throw new NotSignedIn();
  }
}
