import type { TokenResponse } from '@gatehouse/contracts';
import { Logger } from '@nestjs/common';
import { SingleFlight } from './single.flight.js';

interface ServiceToken {
  value: string;
  /** From here on it is renewed in the background. */
  renewAt: number;
  /** From here on it is not used any more: shortly before it really expires. */
  expiresAt: number;
}

/** Milliseconds after a login that failed, or did not help, before the next is tried. */
const COOLDOWN = 500;

/** One access token of the service's own: kept while it is good, renewed before it is not, by one login at a time. */
export class ServiceTokenSource {
  readonly #logger = new Logger(ServiceTokenSource.name);
  readonly #login = new SingleFlight(() => this.#logIn());
  #token?: ServiceToken;
  #failure?: unknown;
  #cooledDownAt = -Infinity;

  /** @param clock milliseconds that only ever go forward */
  constructor(
    private readonly requestToken: () => Promise<TokenResponse>,
    private readonly clock: () => number,
  ) {}

  /** A token that is good for a while yet. However many ask at once, at most one login is under way. */
  async current(): Promise<string> {
    const now = this.clock();
    if (!this.#token || now >= this.#token.expiresAt) return this.#renewed();
    if (now >= this.#token.renewAt && now >= this.#cooledDownAt) {
      this.#login
        .run()
        .catch((error: unknown) => this.#logger.warn({ err: error }, 'The service token was not renewed'));
    }
    return this.#token.value;
  }

  /**
   * Another token than the one that was refused: the one there is, when somebody has renewed it since.
   * Undefined when the refused one was itself got in place of another a moment ago: one more would not help.
   */
  async insteadOf(refused: string): Promise<string | undefined> {
    if (this.#token && this.#token.value !== refused) return this.#token.value;
    if (this.clock() < this.#cooledDownAt) return undefined;
    const token = await this.#renewed();
    this.#coolDown();
    return token;
  }

  async #renewed(): Promise<string> {
    if (this.#failure !== undefined && this.clock() < this.#cooledDownAt) throw this.#failure;
    return (await this.#login.run()).value;
  }

  async #logIn(): Promise<ServiceToken> {
    try {
      const { access_token, expires_in } = await this.requestToken();
      const [now, lifetime] = [this.clock(), expires_in * 1000];
      const margin = Math.min(lifetime / 10, 10_000);
      this.#failure = undefined;
      this.#token = {
        value: access_token,
        renewAt: now + 0.8 * lifetime,
        expiresAt: now + lifetime - margin,
      };
      return this.#token;
    } catch (error) {
      this.#failure = error;
      this.#coolDown();
      throw error;
    }
  }

  #coolDown(): void {
    this.#cooledDownAt = this.clock() + COOLDOWN;
  }
}
