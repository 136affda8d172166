import { once } from 'node:events';
import { Metrics } from '@gatehouse/service-kit';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { IdentityConfig } from '../identity.config.js';
import { Budget, type BudgetTerms } from './budget.js';
import { PromptRedis } from './prompt.redis.js';

/** How long a start waits for Valkey, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Where is counted who has tried how often: in Valkey or Redis for all replicas together, or in the memory of this
 * one. While Valkey is away, each replica counts in its memory: see docs/throttling.md.
 */
@Injectable()
export class Budgets implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(Budgets.name);
  private readonly redis: PromptRedis | undefined;
  private readonly refusals: Counter<'limit'>;
  private away = false;

  constructor(
    private readonly config: IdentityConfig,
    { registry }: Metrics,
  ) {
    this.refusals = new Counter({
      name: 'identity_throttled_total',
      help: 'Attempts refused, or mails not sent, because there were too many; by the limit they went beyond.',
      labelNames: ['limit'],
      registers: [registry],
    });
    this.redis = config.redisUrl === undefined ? undefined : new PromptRedis(config.redisUrl);
    this.redis?.on('error', (error) => this.tellAway(error)).on('ready', () => this.tellBack());
  }

  /** Makes a budget. With LOGIN_LIMITS off it is counted all the same, and never used up. */
  of(terms: BudgetTerms): Budget {
    const options = {
      keyPrefix: `gatehouse:identity:limits:${terms.name}`,
      points: this.config.loginLimits ? terms.points : Number.MAX_SAFE_INTEGER,
      duration: terms.seconds,
    };
    const memory = new RateLimiterMemory(options);
    const onRefusal = () => this.refusals.inc({ limit: terms.name });
    if (!this.redis) return new Budget(memory, terms, onRefusal);
    const shared = { ...options, storeClient: this.redis, rejectIfRedisNotReady: true };
    return new Budget(new RateLimiterRedis({ ...shared, insuranceLimiter: memory }), terms, onRefusal);
  }

  /** Whether all processes count together at this moment. */
  get shared(): boolean {
    return this.redis?.status === 'ready';
  }

  onModuleInit(): Promise<void> {
    return this.connect();
  }

  /** Waits a moment for Valkey, and not for it to be there. */
  async connect(): Promise<void> {
    if (!this.redis || this.redis.status === 'ready') return;
    await once(this.redis, 'ready', { signal: AbortSignal.timeout(PATIENCE) }).catch((error: unknown) =>
      this.tellAway(error),
    );
  }

  onModuleDestroy(): void {
    this.redis?.disconnect();
  }

  private tellAway(error: unknown): void {
    if (!this.away)
      this.logger.warn({ err: error }, 'Valkey is away: this replica counts attempts by itself');
    this.away = true;
  }

  private tellBack(): void {
    if (this.away) this.logger.log('Valkey is back: replicas count attempts together');
    this.away = false;
  }
}
