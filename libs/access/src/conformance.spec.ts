import { type INestApplication, Controller, Delete, Get, Module, Patch, Post, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { checkConformance, type ConformanceProfile } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { AccessModule } from './access.module.js';
import { RequireScope } from './decorators/access.decorators.js';
import { PLATFORMS } from './testing/guarded.app.js';

@Controller('orders')
class OrdersController {
  @Get()
  @RequireScope('articles:read')
  list(): object[] {
    return [{ id: 1 }];
  }

  @Post()
  @RequireScope('articles:write')
  create(): object {
    return {};
  }

  @Put(':id')
  @RequireScope('articles:write')
  replace(): object {
    return {};
  }

  @Patch(':id')
  @RequireScope('articles:write')
  change(): object {
    return {};
  }

  @Delete(':id')
  @RequireScope('articles:write')
  remove(): object {
    return {};
  }
}

const PROFILE: ConformanceProfile = {
  read: { method: 'GET', path: '/orders', scope: 'articles:read', status: 200 },
  unsafe: [
    { method: 'POST', path: '/orders', scope: 'articles:write', status: 201, fields: { note: 'x' } },
    { method: 'PUT', path: '/orders/1', scope: 'articles:write', status: 200, fields: { note: 'x' } },
    { method: 'PATCH', path: '/orders/1', scope: 'articles:write', status: 200, fields: { note: 'x' } },
    { method: 'DELETE', path: '/orders/1', scope: 'articles:write', status: 200 },
  ],
  // Nest answers 404 to a method that a route has not; service-kit makes that 405.
  without: ['method-not-allowed'],
};

describe.each(PLATFORMS)('AccessModule on %s', (_, adapter) => {
  it('conforms', { timeout: 120_000 }, async () => {
    const report = await checkConformance({
      profile: PROFILE,
      start: async (access) => {
        @Module({ imports: [AccessModule.forRoot(access)], controllers: [OrdersController] })
        class OrdersModule {}
        const app: INestApplication = await NestFactory.create(OrdersModule, adapter(), { logger: false });
        await app.listen(0, '127.0.0.1');
        return { url: await app.getUrl(), close: () => app.close() };
      },
    });
    expect(report.failures).toEqual([]);
  });
});
