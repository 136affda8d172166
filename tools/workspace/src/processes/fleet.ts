import { setTimeout as sleep } from 'node:timers/promises';
import { type App } from '../workspace/apps.ts';
import { Trouble } from '../workspace/trouble.ts';
import { ServiceProcess, type Stream } from './service.process.ts';

/** One app and the environment it gets. */
export interface Plan {
  readonly app: App;
  readonly env: Readonly<Record<string, string>>;
}

/** Sees every line any service writes. */
export type LineListener = (app: App, line: string, stream: Stream) => void;

/** How far a service has come. */
export type ServiceState = 'waiting' | 'starting' | 'listening' | 'ready' | 'ended';

/** Is told of each service how far it has come. */
export type StateListener = (app: App, state: ServiceState) => void;

const READY_WITHIN_MS = 60_000;

/** All services of the workspace, started together and stopped together. */
export class Fleet {
  readonly #plans: readonly Plan[];
  readonly #onLine: LineListener;
  readonly #onState: StateListener;
  readonly #services: ServiceProcess[] = [];
  #stopped = false;

  constructor(plans: readonly Plan[], onLine: LineListener, onState: StateListener = () => undefined) {
    this.#plans = plans;
    this.#onLine = onLine;
    this.#onState = onState;
  }

  /**
   * Resolves when every service says that it is ready; fails as soon as one ends. The first, identity, goes ahead: the
   * others start without it as well, but then try again for its keys ever less often.
   */
  async start(): Promise<void> {
    const [first, ...others] = this.#plans;
    if (first) await this.#launch(first).listening;
    if (this.#stopped) return;
    others.forEach((plan) => this.#launch(plan));
    const patience = AbortSignal.timeout(READY_WITHIN_MS);
    await Promise.all(this.#services.map((service) => this.#becomesReady(service, patience)));
  }

  /** The running service of that name. */
  service(name: string): ServiceProcess {
    const service = this.#services.find(({ app }) => app.name === name);
    if (!service) throw new Error(`${name} was not started`);
    return service;
  }

  /** Never resolves; fails when one service ends. */
  broken(): Promise<never> {
    return Promise.race(this.#services.map((service) => service.failure()));
  }

  /** Stops all; resolves when nothing is left running. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#services.map((service) => service.stop()));
  }

  #launch({ app, env }: Plan): ServiceProcess {
    const onLine = (line: string, stream: Stream) => this.#onLine(app, line, stream);
    const service = new ServiceProcess(app, { env, onLine });
    this.#services.push(service);
    this.#onState(app, 'starting');
    service.listening.then(
      () => this.#onState(app, 'listening'),
      () => this.#onState(app, 'ended'),
    );
    return service;
  }

  async #becomesReady(service: ServiceProcess, patience: AbortSignal): Promise<void> {
    await becomesReady(service, patience);
    this.#onState(service.app, 'ready');
  }
}

async function becomesReady(service: ServiceProcess, patience: AbortSignal): Promise<void> {
  const url = await service.listening;
  const ended = service.failure();
  while (!(await Promise.race([saysReady(url, patience), ended]))) {
    if (patience.aborted) {
      throw new Trouble(
        `${service.app.name} listens but does not become ready: see ${url}/health/ready and its log.`,
      );
    }
    await sleep(50);
  }
}

async function saysReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal })).ok;
  } catch {
    return false; // Refused, reset or out of time: not ready, and asked again.
  }
}
