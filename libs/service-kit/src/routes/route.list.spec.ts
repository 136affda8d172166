import { Controller, Get, Module, Post, UseGuards } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config/configuration.loader.js';
import { ServiceConfig } from '../config/service.config.js';
import { createService } from '../http/service.factory.js';
import type { RouteAccess, RouteAccessSource } from './route.access.js';
import { routesOf } from './route.list.js';

class WeekdayGuard {
  canActivate(): boolean {
    return true;
  }
}

@Controller(['goods', 'wares'])
class GoodsController {
  @Get(':id')
  show(): object {
    return {};
  }

  @Post()
  @UseGuards(WeekdayGuard)
  create(): object {
    return {};
  }
}

@Module({ controllers: [GoodsController] })
class GoodsModule {}

const GUARDED: RouteAccess = { openness: 'guarded', scopes: ['account'], roles: [], apiKey: false };
const source: RouteAccessSource = { of: () => GUARDED };

describe('the routes of a service', () => {
  let app: NestFastifyApplication;
  const listed = (from?: RouteAccessSource) =>
    routesOf(app, from).map(
      ({ method, path, access }) => `${method} ${path} ${access?.openness ?? 'no guard'}`,
    );

  beforeEach(async () => {
    const config = loadConfig(ServiceConfig, { NODE_ENV: 'test', LOG_LEVEL: 'silent' });
    app = await createService({ name: 'goods', config, module: () => GoodsModule });
  });
  afterEach(() => app.close());

  it('are those of its controllers, at every address, with what the guard asks', async () => {
    await app.init();
    expect(listed(source)).toEqual(
      expect.arrayContaining([
        'GET /goods/:id guarded',
        'GET /wares/:id guarded',
        'POST /goods guarded',
        'GET /health/live no guard',
        'GET /openapi.json no guard',
      ]),
    );
    const create = routesOf(app, source).find(({ method, path }) => method === 'POST' && path === '/goods');
    expect(create).toEqual({
      method: 'POST',
      path: '/goods',
      handler: 'GoodsController.create',
      access: GUARDED,
      guards: ['WeekdayGuard'],
    });
  });

  it('have what was added past Nest, where no guard stands', async () => {
    app
      .getHttpAdapter()
      .getInstance()
      .get('/back-door', () => 'open');
    await app.init();
    expect(listed(source)).toContain('GET /back-door no guard');
  });

  it('count as open where there is no guard', async () => {
    await app.init();
    expect(listed()).toContain('POST /goods no guard');
  });

  it('name no HEAD beside a GET', async () => {
    await app.init();
    expect(listed(source).filter((line) => line.startsWith('HEAD'))).toEqual([]);
  });
});
