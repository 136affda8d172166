import type { LineListener, Plan } from '../processes/fleet.ts';
import { ServiceProcess } from '../processes/service.process.ts';
import { buildStamp } from './build.stamp.ts';

/** One service under development: restarted when what it runs was built anew; one that fell over waits for that. */
export class DevService {
  listening = false;
  readonly #plan: Plan;
  readonly #onLine: LineListener;
  #service: ServiceProcess | undefined;
  #stamp = 0;

  constructor(plan: Plan, onLine: LineListener) {
    this.#plan = plan;
    this.#onLine = onLine;
  }

  get name(): string {
    return this.#plan.app.name;
  }

  /** Whether its build has changed since it was started last. */
  get outdated(): boolean {
    return buildStamp(this.#plan.app) !== this.#stamp;
  }

  /** Starts it, or starts it again; resolves when it listens, or cannot. Says so when it ends by itself. */
  async restart(): Promise<void> {
    const { app, env } = this.#plan;
    this.#stamp = buildStamp(app);
    await this.stop();
    const service = new ServiceProcess(app, {
      env,
      onLine: (line, stream) => this.#onLine(app, line, stream),
    });
    this.#service = service;
    const failed = service.failure().catch((ending: Error) => {
      if (this.#service === service)
        console.error(`${ending.message}\n${app.name} waits for the next change.`);
      return false;
    });
    this.listening = await service.listening.then(
      () => true,
      () => failed,
    );
  }

  async stop(): Promise<void> {
    const service = this.#service;
    this.#service = undefined;
    await service?.stop();
  }
}
