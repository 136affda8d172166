import { setTimeout as sleep } from 'node:timers/promises';
import { KeepAliveConnection } from '../load/keep-alive.connection.js';
import { quantile } from '../report/statistics.js';
import type { Row } from '../report/table.js';

const EVERY = 10;

/** Somebody who asks for another route while people sign in. */
export class Bystander {
  private readonly latencies: number[] = [];

  private constructor(
    private readonly connection: KeepAliveConnection,
    private readonly path: string,
  ) {}

  static async at(url: string, path: string): Promise<Bystander> {
    return new Bystander(await KeepAliveConnection.open(url), path);
  }

  /** Asks every 10 ms while the work is under way. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const over = new AbortController();
    const watch = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const begun = performance.now();
        const { status } = await this.connection.get(this.path);
        if (status !== 200) throw new Error(`${this.path} answered ${status}`);
        this.latencies.push(performance.now() - begun);
        await sleep(EVERY);
      }
    };
    const [result] = await Promise.all([work().finally(() => over.abort()), watch()]);
    return result;
  }

  /** How long its requests took, in milliseconds. */
  row(name: string): Row {
    const at = (share: number): string => quantile(this.latencies, share).toFixed(1);
    return { beside: name, 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'max ms': at(1) };
  }

  close(): void {
    this.connection.close();
  }
}

/** One row for each that has one. */
export function bystanderRows(
  contenders: readonly { readonly name: string; readonly bystander?: Bystander }[],
): Row[] {
  return contenders.flatMap(({ name, bystander }) => (bystander ? [bystander.row(name)] : []));
}
