import type { LineListener, Plan } from '../processes/fleet.ts';
import { ServiceProcess } from '../processes/service.process.ts';
import { buildStamp } from './build.stamp.ts';

/** One service under development: restarted when what it runs was built anew; one that fell over waits for that. */
export class DevService {
  readonly #plan: Plan;
  readonly #onLine: LineListener;
  #service: ServiceProcess | undefined;
  #stamp = 0;

  constructor(plan: Plan, onLine: LineListener) {
    this.#plan = plan;
    this.#onLine = onLine;
  }

  /** Starts it, or starts it again, where its build has changed; resolves when it listens. Tells whether it did. */
  async refresh(): Promise<boolean> {
    const { app, env } = this.#plan;
    const stamp = buildStamp(app);
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    await this.stop();
    const service = new ServiceProcess(app, {
      env,
      onLine: (line, stream) => this.#onLine(app, line, stream),
    });
    this.#service = service;
    await service.listening;
    service.failure().catch((ending: Error) => {
      if (this.#service === service)
        console.error(`${ending.message}\n${app.name} starts again after the next change.`);
    });
    return true;
  }

  async stop(): Promise<void> {
    const service = this.#service;
    this.#service = undefined;
    await service?.stop();
  }
}
