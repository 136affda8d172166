import { DomainError } from '@gatehouse/contracts';
import { InvalidToken } from '@gatehouse/tokens';

/** Why a token is none, in words for metrics, by the words that the log gets; anything else is `malformed`. */
const TOKEN_REASONS: Readonly<Record<string, string>> = {
  expired: 'expired',
  revoked: 'revoked',
  'unknown kid': 'unknown_key',
  'signed by a key that was retired meanwhile': 'unknown_key',
  'the signature does not fit': 'bad_signature',
  'from another issuer': 'wrong_issuer',
  'for another audience': 'wrong_audience',
  'not valid yet': 'not_yet_valid',
  'issued in the future': 'not_yet_valid',
};

/**
 * How often the guard has let somebody in, and refused somebody for which reason. The reasons are few and do not depend
 * on what callers send.
 */
export class GuardOutcomes {
  private readonly tally: Record<string, number> = { admitted: 0 };

  /** Since the start, by outcome: `admitted`, `unauthenticated`, `expired`, `insufficient_scope` and so on. */
  get counts(): Readonly<Record<string, number>> {
    return this.tally;
  }

  /** Counts what comes of a decision, and waits no more than that does. */
  watch(decide: () => boolean | Promise<boolean>): boolean | Promise<boolean> {
    try {
      const decision = decide();
      return typeof decision === 'boolean' ? this.admitted(decision) : this.later(decision);
    } catch (error) {
      throw this.refused(error);
    }
  }

  private async later(decision: Promise<boolean>): Promise<boolean> {
    try {
      return this.admitted(await decision);
    } catch (error) {
      throw this.refused(error);
    }
  }

  private admitted(decision: boolean): boolean {
    this.tally['admitted']! += 1;
    return decision;
  }

  private refused(error: unknown): unknown {
    const outcome = outcomeOf(error);
    this.tally[outcome] = (this.tally[outcome] ?? 0) + 1;
    return error;
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof InvalidToken) return TOKEN_REASONS[error.reason] ?? 'malformed';
  return error instanceof DomainError ? error.code : 'failed';
}
