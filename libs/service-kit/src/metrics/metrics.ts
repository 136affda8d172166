import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const processMetrics = new Registry();

/** What one service counts and measures, for Prometheus. Inject it to add to `registry`. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, from their header to the end of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  constructor() {
    // Once in a process: two services in one, as tests have them, share its heap and its event loop.
    if (processMetrics.getMetricsAsArray().length === 0) collectDefaultMetrics({ register: processMetrics });
  }

  observeRequest(method: string, route: string, status: string, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  /**
   * Adds a value that is read whenever somebody asks.
   *
   * @example
   * metrics.gauge('mail_outbox_size', 'Mails that wait to be sent.', () => outbox.size);
   */
  gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [],
      collect: () => gauge.set(read()),
    });
    this.registry.registerMetric(gauge);
  }

  /**
   * Adds counts that somebody else keeps, and that are read whenever somebody asks.
   *
   * @param label what the keys of the counts are; there must be few of them, whatever callers send
   *
   * @example
   * metrics.counts('guard_decisions_total', 'Decisions.', 'outcome', () => ({ admitted: 7, expired: 1 }));
   */
  counts(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void {
    const counter: Counter = new Counter({
      name,
      help,
      labelNames: [label],
      registers: [],
      collect: () => {
        counter.reset();
        for (const [key, count] of Object.entries(read())) counter.inc({ [label]: key }, count);
      },
    });
    this.registry.registerMetric(counter);
  }

  /** Everything in Prometheus's text format. */
  async text(): Promise<string> {
    return `${await this.registry.metrics()}\n${await processMetrics.metrics()}`;
  }
}

/** `GET /metrics`. */
export function addMetricsRoute(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.get('/metrics', async (_, reply) => {
    void reply.type(metrics.registry.contentType).header('cache-control', 'no-store');
    return metrics.text();
  });
}
