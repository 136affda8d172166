import { Controller, Get, Injectable, Module, Req, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestIdentity } from '@gatehouse/testing';
import { AccessModule } from '../access.module.js';
import { Public } from '../decorators/access.decorators.js';
import { bearer, type GuardedApp, startGuardedApp } from '../testing/guarded.app.js';

const jwtFromRequest = ExtractJwt.fromAuthHeaderAsBearerToken();

@Injectable()
class LegacyStrategy extends PassportStrategy(Strategy, 'legacy') {
  constructor() {
    super({ jwtFromRequest, secretOrKey: 'legacy-secret' });
  }

  validate(payload: { sub: string }) {
    return { id: `legacy ${payload.sub}` };
  }
}

@Controller()
class Routes {
  @Public()
  @UseGuards(AuthGuard('legacy'))
  @Get('legacy')
  legacy(@Req() { user }: { user: object }) {
    return user;
  }

  @UseGuards(AuthGuard('jwt'))
  @Get('twice')
  twice() {
    return {};
  }

  @Get('me')
  me() {
    return {};
  }
}

describe('the passport strategy', () => {
  let identity: TestIdentity;
  let app: GuardedApp;

  beforeAll(async () => {
    identity = await TestIdentity.start();
    app = await startGuardedApp([Routes], { issuer: identity.issuer, audience: 'gatehouse' });
  });
  afterAll(async () => {
    await app.close();
    await identity.close();
  });

  it('leaves other passport-jwt strategies in the process their stock verifier', async () => {
    passport.use('legacy', new LegacyStrategy());
    const legacy = new JwtService({ secret: 'legacy-secret' }).sign({ sub: 'usr_1' });
    const foreign = new JwtService({ secret: 'another' }).sign({ sub: 'usr_1' });
    expect((await app.get('/legacy', bearer(legacy))).body).toEqual({ id: 'legacy usr_1' });
    expect((await app.get('/legacy', bearer(foreign))).status).toBe(401);
    expect((await app.get('/legacy', bearer(identity.tokenFor()))).status).toBe(401);
    expect((await app.get('/me', bearer(legacy))).status).toBe(401);
  });

  it('serves our guard alone: a plain AuthGuard does not know whose keys to use', async () => {
    expect((await app.get('/twice', bearer(identity.tokenFor()))).status).toBe(401);
  });

  it('lets nobody in without the guard that hands it a token', async () => {
    @Module({ controllers: [Routes] })
    class Unguarded {}
    const bare = await NestFactory.create(Unguarded, new FastifyAdapter(), { logger: false });
    await bare.listen(0, '127.0.0.1');
    const answer = await fetch(`${await bare.getUrl()}/twice`, {
      headers: { authorization: `Bearer ${identity.tokenFor()}` },
    });
    expect(answer.status).toBe(401);
    await bare.close();
  });

  it('lets nobody in when another strategy has taken its name, and says so', async () => {
    const lines: unknown[] = [];
    const write = (...line: unknown[]) => void lines.push(...line.map(String));
    const logger = { log: write, error: write, warn: write };
    const { issuer } = identity;
    const other = await startGuardedApp([Routes], { issuer, audience: 'gatehouse' }, { logger });
    class LeftOver extends PassportStrategy(Strategy) {
      constructor() {
        super({ jwtFromRequest: () => 'any', secretOrKey: 'tutorial-secret' });
      }

      override authenticate(): void {
        this.success({ id: 'usr_1', scopes: ['admin'], roles: [] });
      }

      validate(payload: object) {
        return payload;
      }
    }
    passport.use('jwt', new LeftOver());
    expect((await other.get('/me', bearer('anything'))).status).toBe(500);
    expect((await other.get('/me', bearer(identity.tokenFor()))).status).toBe(500);
    expect(lines.join(' ')).toContain('Give it another name: AccessModule brings its own.');
    await other.close();
  });
});

describe('AccessModule', () => {
  it('is what brings the strategy', () => {
    const { providers } = AccessModule.forRoot({
      issuer: 'https://id.example.com',
      audience: 'gatehouse',
      revocation: 'off',
    });
    expect(providers).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'JwtStrategy' })]));
  });
});
