import { createHash } from 'node:crypto';
import { type TokenResponse, Unavailable } from '@gatehouse/contracts';

/**
 * Has identity exchange an API key for an access token of its user; undefined when the key is not good.
 *
 * @example
 * const exchangeApiKey: ApiKeyExchange = (key) => identity.exchangeApiKey(key);
 */
export type ApiKeyExchange = (
  key: string,
) => Promise<Pick<TokenResponse, 'access_token' | 'expires_in'> | undefined>;

interface Kept {
  /** Undefined: identity does not know the key. */
  readonly token: string | undefined;
  /** Milliseconds since the epoch, as is `replacedAt`. */
  readonly until: number;
  /** When it took the place of one that had ended before its time; of others, long ago. */
  readonly replacedAt: number;
}

/** What an API key looks like; anything else is not worth a question. */
const KEY = /^[\w.~+/=-]{16,256}$/;
const GOOD_KEYS = 10_000;
const BAD_KEYS = 10_000;
/** Questions under way at a time: a flood of made-up keys must not reach identity. */
const QUESTIONS = 32;
/** Milliseconds before its end that a token is not used any more. */
const MARGIN = 5_000;
/** Milliseconds for which a bad key is known as such. */
const BAD_FOR = 10_000;
/** Milliseconds after a failure before identity is asked again, and after a token was replaced before it is again. */
const COOLDOWN = 1_000;

/**
 * The access tokens that API keys stand for: each key is exchanged once, however many requests bring it, and what it
 * was exchanged for is kept until it ends. Keys are kept by their hash alone. Bad ones have a place of their own, so
 * that a flood of them pushes out no good one.
 */
export class ApiKeyTokens {
  private readonly good = new Map<string, Kept>();
  private readonly bad = new Map<string, Kept>();
  private readonly questions = new Map<string, Promise<Kept>>();
  private failedAt = -Infinity;

  constructor(
    private readonly exchange: ApiKeyExchange,
    private readonly clock: () => number = Date.now,
  ) {}

  /**
   * The access token of a key; undefined when the key is not good.
   *
   * @param refused what was given for it before, and has ended since: it is exchanged anew at once, but what it is
   *   replaced by no sooner than a second later
   * @throws Unavailable when identity cannot be asked, or not yet
   */
  async tokenFor(key: string, refused?: string): Promise<string | undefined> {
    if (!KEY.test(key)) return undefined;
    const name = createHash('sha256').update(key).digest('base64');
    const kept = this.good.get(name) ?? this.bad.get(name);
    const now = this.clock();
    if (kept && now < kept.until) {
      if (kept.token === undefined || kept.token !== refused) return kept.token;
      if (now < kept.replacedAt + COOLDOWN)
        throw notYet('what the API key stood for ended twice in a second');
    }
    return (await this.ask(name, key, refused !== undefined)).token;
  }

  private ask(name: string, key: string, again: boolean): Promise<Kept> {
    const underWay = this.questions.get(name);
    if (underWay) return underWay;
    if (this.questions.size >= QUESTIONS) {
      return Promise.reject(notYet(`${QUESTIONS} API keys are being exchanged`));
    }
    if (this.clock() < this.failedAt + COOLDOWN) {
      return Promise.reject(notYet('an exchange of an API key failed a moment ago'));
    }
    const question = this.answer(key, again)
      .then((kept) => this.keep(name, kept))
      .finally(() => this.questions.delete(name));
    this.questions.set(name, question);
    return question;
  }

  private async answer(key: string, again: boolean): Promise<Kept> {
    try {
      const answer = await this.exchange(key);
      const now = this.clock();
      const replacedAt = again ? now : -Infinity;
      if (!answer) return { token: undefined, until: now + BAD_FOR, replacedAt };
      return { token: answer.access_token, until: now + answer.expires_in * 1_000 - MARGIN, replacedAt };
    } catch (cause) {
      this.failedAt = this.clock();
      throw new Unavailable(undefined, { cause });
    }
  }

  private keep(name: string, kept: Kept): Kept {
    this.good.delete(name);
    this.bad.delete(name);
    const [place, capacity] = kept.token === undefined ? [this.bad, BAD_KEYS] : [this.good, GOOD_KEYS];
    place.set(name, kept);
    if (place.size > capacity) place.delete(place.keys().next().value!);
    return kept;
  }
}

/** The reason is for the log. */
function notYet(reason: string): Unavailable {
  return new Unavailable(undefined, { cause: new Error(reason) });
}
