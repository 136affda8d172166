import { type App, type Ending, ServiceProcess } from '@gatehouse/workspace';

/** What an answer says; none when the connection broke or nothing came in time. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly milliseconds: number;
  readonly retryAfter: string | null;
}

const PATIENCE = 30_000;

/** One built service that can be killed and started again on the same port. */
export class Replica {
  #process: ServiceProcess;
  readonly #app: App;
  readonly #env: Record<string, string>;

  constructor(app: App, env: Record<string, string>) {
    this.#app = app;
    this.#env = env;
    this.#process = new ServiceProcess(app, { env });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#env['PORT']}`;
  }

  get pid(): number {
    return this.#process.pid;
  }

  async listening(): Promise<void> {
    await this.#process.listening;
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    this.#process.signal('SIGKILL');
    await this.#process.ended;
  }

  async restart(): Promise<void> {
    this.#process = new ServiceProcess(this.#app, { env: this.#env });
    await this.#process.listening;
  }

  stop(): Promise<Ending> {
    return this.#process.stop();
  }

  /** Sends JSON; undefined when there is no answer. */
  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer | undefined> {
    return this.send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  send(path: string, init: RequestInit = {}): Promise<Answer | undefined> {
    return answerOf(`${this.url}${path}`, init);
  }
}

/** Sends a request; undefined when there is no answer. */
export async function answerOf(url: string, init: RequestInit = {}): Promise<Answer | undefined> {
  const start = performance.now();
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
      milliseconds: performance.now() - start,
      retryAfter: answer.headers.get('retry-after'),
    };
  } catch {
    return undefined; // The process or the connection is gone: that is what is being tried out here.
  }
}
