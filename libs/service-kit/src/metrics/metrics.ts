import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

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
