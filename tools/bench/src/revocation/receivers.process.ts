import { AccessModule, REVOCATIONS, type Revocations } from '@gatehouse/access';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { machineTime } from './machine.time.js';

/** What this process is told at its start. */
export interface ReceiversPlan {
  issuer: string;
  identityUrl: string;
  count: number;
}

/** What it tells: that all know all, or when each of them came to know the next revocation. */
export type ReceiversMessage = { synced: true; seconds: number; megabytes: number } | { seenAt: number[] };

const LOOK_EVERY = 1;

/** As many guards as are asked for, each with its own client, connection and memory, as if in services of their own. */
async function main({ issuer, identityUrl, count }: ReceiversPlan): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const start = machineTime();
  const receivers: Revocations[] = [];
  for (let i = 0; i < count; i += 1) receivers.push(await receiver(issuer, identityUrl));
  while (!receivers.every(({ current }) => current)) await new Promise((resolve) => setTimeout(resolve, 10));
  const seconds = (machineTime() - start) / 1_000;
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 500));
  globalThis.gc?.();
  tell({ synced: true, seconds, megabytes: (process.memoryUsage.rss() - before) / 1e6 });
  watch(receivers);
}

async function receiver(issuer: string, identityUrl: string): Promise<Revocations> {
  const client = { id: 'consumer', secret: 'consumer-secret-for-development' };
  const access = AccessModule.forRoot({ issuer, identityUrl, audience: 'gatehouse', client });
  @Module({ imports: [access] })
  class Guard {}
  const context = await NestFactory.createApplicationContext(Guard, { logger: ['warn', 'error'] });
  return context.get<Revocations>(REVOCATIONS);
}

/** Tells the times when all have seen it. */
function watch(receivers: Revocations[]): void {
  let epochs = receivers.map(({ epoch }) => epoch);
  let seenAt: number[] = [];
  setInterval(() => {
    const now = machineTime();
    receivers.forEach(({ epoch }, i) => {
      if (epoch !== epochs[i]) seenAt[i] ??= now;
    });
    if (seenAt.filter(Boolean).length < receivers.length) return;
    tell({ seenAt });
    seenAt = [];
    epochs = receivers.map(({ epoch }) => epoch);
  }, LOOK_EVERY);
}

function tell(message: ReceiversMessage): void {
  process.send!(message);
}

process.on('disconnect', () => process.exit());
await main(JSON.parse(process.argv[2]!) as ReceiversPlan);
