/**
 * The time as a test says it: that of the machine, moved on.
 *
 * @example
 * const identity = await TestIdentity.start();
 * AccessModule.forRoot({ issuer: identity.issuer, audience: 'gatehouse', revocation: 'off', clock: identity.clock.now });
 * identity.clock.advance(16 * 60); // every token so far has expired
 */
export class TestClock {
  private offset = 0;

  /** Milliseconds since the epoch; may be handed on as it is. */
  readonly now = (): number => Date.now() + this.offset;

  /** Seconds since the epoch, as tokens tell them. */
  get seconds(): number {
    return Math.floor(this.now() / 1_000);
  }

  /** Moves it on by so many seconds; back, when negative. */
  advance(seconds: number): void {
    this.offset += seconds * 1_000;
  }
}
