import { Controller, type ExecutionContext, Get, UseGuards } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/internal';
import { TestIdentity } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AllowAnonymous, CurrentPrincipal, Public } from '../decorators/access.decorators.js';
import type { Principal } from '../principal/principal.js';
import { bearer, type GuardedApp, startGuardedApp } from '../testing/guarded.app.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';

@UseGuards(JwtAuthGuard)
@Controller()
class Named {
  @Get('me')
  me(@CurrentPrincipal() { id }: Principal) {
    return { id };
  }
}

class Resolvers {
  guarded() {}

  @AllowAnonymous()
  optional() {}

  @Public()
  open() {}
}

describe('the guard', () => {
  let identity: TestIdentity;
  let app: GuardedApp;

  beforeEach(async () => {
    identity = await TestIdentity.start();
    app = await startGuardedApp([Named], { issuer: identity.issuer, audience: 'gatehouse' });
  });
  afterEach(async () => {
    await app.close();
    await identity.close();
  });

  it('may be named once more, as Nest’s tutorials do', async () => {
    expect((await app.get('/me')).status).toBe(401);
    const { status, body } = await app.get('/me', bearer(identity.tokenFor({ sub: 'usr_7' })));
    expect([status, body]).toEqual([200, { id: 'usr_7' }]);
  });

  it('lets nothing pass in a context it does not know, whatever the request there carries', async () => {
    const guard = app.provider<JwtAuthGuard>(JwtAuthGuard);
    const request = { headers: { authorization: `Bearer ${identity.tokenFor()}` }, url: '/graphql' };
    const contextOf = (method: keyof Resolvers): ExecutionContext => {
      const context = new ExecutionContextHost(
        [request, {}, { req: request }],
        Resolvers,
        Resolvers.prototype[method],
      );
      context.setType('graphql');
      return context;
    };
    const admitted = async (method: keyof Resolvers) => guard.canActivate(contextOf(method));
    await expect(admitted('guarded')).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(admitted('optional')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await admitted('open')).toBe(true);
  });
});
