/** How long a check may take. Milliseconds. */
const PATIENCE = 1_000;

/** Says whether one thing that the service needs is there. A check that throws, or takes over a second, says no. */
export type ReadinessCheck = () => boolean | Promise<boolean>;

/**
 * Whether the service should be sent requests: while everything it needs is there, and not any more once it drains.
 * Inject it and register what a part of the service needs.
 *
 * @example
 * readiness.register('keys', () => keys.known);
 */
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();
  private readonly farewells: (() => void)[] = [];
  private leaving = false;

  /** @param name shown in the answer of `/health/ready` */
  register(name: string, check: ReadinessCheck): void {
    this.checks.set(name, oneAtATime(check));
  }

  /** From here on not ready, whatever the checks say. */
  drain(): void {
    this.leaving = true;
    for (const say of this.farewells) say();
  }

  /** Has those who stay connected told to go elsewhere, as soon as the service begins to drain. */
  onDrain(farewell: () => void): void {
    this.farewells.push(farewell);
  }

  /** Finishing what has begun, before it stops. */
  get draining(): boolean {
    return this.leaving;
  }

  /** Each check's answer by name; `accepting` is false while draining. */
  async report(): Promise<Record<string, boolean>> {
    const answers = [...this.checks].map(async ([name, check]) => [name, await holds(check)] as const);
    return { accepting: !this.leaving, ...Object.fromEntries(await Promise.all(answers)) };
  }
}

/** A check that hangs is not begun again by everyone who asks: each would hold a connection. */
function oneAtATime(check: ReadinessCheck): ReadinessCheck {
  let running: Promise<boolean> | undefined;
  return () =>
    (running ??= Promise.resolve()
      .then(check)
      .finally(() => {
        running = undefined;
      }));
}

async function holds(check: ReadinessCheck): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), PATIENCE);
  try {
    return await Promise.race([check(), late.promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
