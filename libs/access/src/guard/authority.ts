import {
  InvalidToken,
  type KeySource,
  KeysUnavailable,
  TokenVerifier,
  type VerifiedToken,
} from '@gatehouse/tokens';
import type { Principal } from '../principal/principal.js';
import { principalOf } from '../principal/principal.of.js';
import type { Revocations } from '../revocation/revocations.js';
import { GenerationCache } from './generation.cache.js';
import { GuardOutcomes } from './guard.outcomes.js';
import { SightFilter } from './sight.filter.js';

/** What one `AccessModule` decides with. */
export interface AuthorityOptions {
  issuer: string;
  audience: string;
  keys: KeySource;
  revocations: Revocations;
  clock?: (() => number) | undefined;
}

/** A token that was found good, and all that is needed to see whether it still is. */
export interface Standing {
  readonly principal: Principal;
  readonly verified: Pick<VerifiedToken, 'claims' | 'kid'>;
  readonly bytes: number;
  /** The authority's epoch at which it was last found good. */
  epoch: number;
}

const BOUNDS = { entries: 20_000, bytes: 32_000_000 };
const BYTES_BESIDE_TOKEN = 1_500; // claims, principal and bookkeeping, measured

/**
 * Says who a token stands for. Verifies it once, remembers it while it is used, and on every use looks again at what
 * can change: its end, revocations, the retirement of its key.
 */
export class Authority {
  readonly verifier: TokenVerifier;
  /** What has come of its decisions about requests. */
  readonly outcomes = new GuardOutcomes();
  private readonly remembered = new GenerationCache<Standing>(BOUNDS);
  private readonly sights = new SightFilter();
  private readonly clock: () => number;

  constructor(private readonly options: AuthorityOptions) {
    const { issuer, audience, keys } = options;
    this.clock = options.clock ?? Date.now;
    this.verifier = new TokenVerifier({ issuer, audience, keys, clock: this.clock });
  }

  /**
   * Sees to it that nobody is judged, not even as nobody, by revocations that are not known yet or not any more.
   *
   * @throws KeysUnavailable
   */
  requireCurrent(): void {
    if (!this.options.revocations.current) throw new KeysUnavailable();
  }

  /**
   * The principal of a token that was verified before and is still good; undefined when it must be verified.
   *
   * @throws KeysUnavailable while what is known about revocations is too old to rely on
   */
  recall(token: string): Principal | undefined {
    const known = this.remembered.get(token);
    if (!known) return undefined;
    return this.stands(known) ? known.principal : this.forget(token);
  }

  /**
   * The principal of a token that has just been verified.
   *
   * @throws InvalidToken when it was revoked
   * @throws KeysUnavailable while what is known about revocations is too old to rely on
   */
  admit(token: string, verified: VerifiedToken): Principal {
    return this.standingOf(token, verified).principal;
  }

  /**
   * Verifies a token outside of a request, for as long as somebody goes by it: see {@link stands}.
   *
   * @throws InvalidToken, KeysUnavailable
   */
  async identify(token: string): Promise<Standing> {
    const known = this.remembered.get(token);
    return known && this.stands(known) ? known : this.standingOf(token, await this.verifier.open(token));
  }

  /**
   * Whether a token that was found good still is.
   *
   * @throws KeysUnavailable while what is known about revocations is too old to rely on
   */
  stands(known: Standing): boolean {
    this.requireCurrent();
    if (known.epoch !== this.epoch && !this.stillHolds(known)) return false;
    return this.clock() < (known.principal.expiresAt + this.verifier.skew) * 1_000;
  }

  /** Whether a token that was found good is known not to be any more. */
  hasEnded(known: Standing): boolean {
    try {
      return !this.stands(known);
    } catch (error) {
      if (error instanceof KeysUnavailable) return false; // nothing is known against it
      throw error;
    }
  }

  private standingOf(token: string, { claims, kid, signature }: VerifiedToken): Standing {
    const { epoch } = this;
    const { revocations, keys } = this.options;
    this.requireCurrent();
    if (revocations.covers({ claims, kid })) throw new InvalidToken('revoked');
    // While the signature was checked the key may have gone: nobody would look again until the next change.
    if (keys.holds?.(kid) === false) throw new InvalidToken('signed by a key that was retired meanwhile');
    const bytes = token.length + BYTES_BESIDE_TOKEN;
    const standing = { principal: principalOf(claims, token), verified: { claims, kid }, bytes, epoch };
    if (this.sights.sees(signature)) this.remembered.set(token, standing);
    return standing;
  }

  /** Moves on whenever a revocation or a change of keys could concern what was verified before. */
  private get epoch(): number {
    return this.options.revocations.epoch + (this.options.keys.generation ?? 0);
  }

  private stillHolds(known: Standing): boolean {
    const { revocations, keys } = this.options;
    const { epoch } = this;
    if (revocations.covers(known.verified) || keys.holds?.(known.verified.kid) === false) return false;
    known.epoch = epoch;
    return true;
  }

  private forget(token: string): undefined {
    this.remembered.delete(token);
  }
}
