import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Controller, type DynamicModule, Get } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type InMemoryRevocations, REVOCATIONS } from '@gatehouse/access';
import type { GuardSettings, Subject } from './subject.js';
import { type SubjectName, SUBJECTS } from './subjects.js';

const BODY = { message: 'a constant body of less than one hundred bytes' };
const LIVE_REVOCATIONS = 100_000;

@Controller()
class ConstantController {
  @Get('constant')
  constant(): object {
    return BODY;
  }
}

class ServerModule {
  static with({ guard, imports = [] }: Subject): DynamicModule {
    const providers = guard ? [{ provide: APP_GUARD, useValue: guard }] : [];
    return { module: ServerModule, imports, providers, controllers: [ConstantController] };
  }
}

function revoke(revocations: InMemoryRevocations): void {
  const expires_at = Math.floor(Date.now() / 1_000) + 7_200;
  for (let i = 0; i < LIVE_REVOCATIONS; i += 1) {
    revocations.add({ kind: 'session', id: `ses_${randomUUID()}`, expires_at });
  }
}

// Started by the bench: tells its port, and on request what CPU it has used.
const [name, settings] = JSON.parse(process.argv[2]!) as [SubjectName, GuardSettings];
const module = ServerModule.with(SUBJECTS[name](settings));
const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
if (name === 'gatehouse') revoke(app.get(REVOCATIONS));
await app.listen(0, '127.0.0.1');
process.on('message', () => process.send!({ usage: process.cpuUsage(), memory: process.memoryUsage.rss() }));
process.on('disconnect', () => process.exit());
process.send!({ url: await app.getUrl() });
