import { Controller, Get, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientProxyFactory,
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  Transport,
} from '@nestjs/microservices';
import type { ClientProxy } from '@nestjs/microservices';
import { NotFound } from '@gatehouse/contracts';
import { TestIdentity } from '@gatehouse/testing';
import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessModule } from '../access.module.js';
import {
  AllowAnonymous,
  CurrentPrincipal,
  Public,
  RequireApiKey,
  RequireRole,
  RequireScope,
} from '../decorators/access.decorators.js';
import type { Principal } from '../principal/principal.js';
import { InMemoryRevocations } from '../revocation/in-memory.revocations.js';
import { freePort } from '../testing/free.port.js';
import { startGuardedApp } from '../testing/guarded.app.js';

const heard: string[] = [];

@Controller()
class Handlers {
  @MessagePattern('who')
  who(@Payload() words: string, @CurrentPrincipal() principal: Principal) {
    return `${principal.id} ${words}`;
  }

  @RequireScope('articles:write')
  @MessagePattern('write')
  write() {
    return 'written';
  }

  @RequireRole('admin')
  @MessagePattern('rule')
  rule() {
    return 'ruled';
  }

  @Public()
  @MessagePattern('ping')
  ping() {
    return 'pong';
  }

  @AllowAnonymous()
  @MessagePattern('maybe')
  maybe(@CurrentPrincipal() principal?: Principal) {
    return principal?.id ?? 'nobody';
  }

  @RequireApiKey()
  @MessagePattern('keyed')
  keyed() {
    return 'opened';
  }

  @MessagePattern('miss')
  miss() {
    throw new NotFound();
  }

  @EventPattern('noted')
  noted(@Payload() words: string) {
    heard.push(words);
  }

  @Get('who')
  request(@CurrentPrincipal() { id }: Principal) {
    return { id };
  }
}

interface Access {
  issuer: string;
  audience: string;
  revocations: InMemoryRevocations;
}
type Running = { close(): Promise<unknown> };
type Start = (access: Access, options: MicroserviceOptions) => Promise<Running>;

const hybrid =
  (inheritAppConfig: boolean): Start =>
  (access, options) =>
    startGuardedApp([Handlers], access, {
      prepare: (app) => {
        app.connectMicroservice(options, { inheritAppConfig });
        return app.startAllMicroservices();
      },
    });

const alone: Start = async (access, options) => {
  @Module({ imports: [AccessModule.forRoot(access)], controllers: [Handlers] })
  class AppModule {}
  const app: INestMicroservice = await NestFactory.createMicroservice(AppModule, {
    ...options,
    logger: false,
  });
  await app.listen();
  return app;
};

const PROBLEM = { code: 'not_found', status: 404 };
const UNTOLD = { status: 'error', message: 'Internal server error' };

describe.each<[name: string, start: Start, missed: object]>([
  ['a microservice', alone, PROBLEM],
  ['an application that connects one', hybrid(false), UNTOLD],
  ['an application that connects one with its own configuration', hybrid(true), PROBLEM],
])('the message handlers of %s', (_name, start, missed) => {
  let identity: TestIdentity;
  let revocations: InMemoryRevocations;
  let running: Running;
  let client: ClientProxy;
  /** What goes beside the next messages. */
  let metadata: Record<string, string>;

  const ask = (pattern: string, data: unknown = ''): Promise<unknown> =>
    firstValueFrom(client.send(pattern, data));
  const refused = (code: string, status: number) => ({
    rejects: expect.objectContaining({ type: 'about:blank', code, status }) as unknown,
  });
  const outcomeOf = (pattern: string): Promise<unknown> =>
    ask(pattern).catch((problem: unknown) => ({ rejects: problem }));
  const bear = (claims: Parameters<TestIdentity['tokenFor']>[0] = {}): void => {
    metadata = { authorization: `Bearer ${identity.tokenFor(claims)}` };
  };

  beforeEach(async () => {
    [metadata, heard.length] = [{}, 0];
    identity = await TestIdentity.start();
    revocations = new InMemoryRevocations();
    const options = { host: '127.0.0.1', port: await freePort() };
    running = await start(
      { issuer: identity.issuer, audience: 'gatehouse', revocations },
      { transport: Transport.TCP, options },
    );
    client = ClientProxyFactory.create({ transport: Transport.TCP, options });
    client.setOnDispatchHook((packet) => (packet.metadata = metadata));
  });
  afterEach(async () => {
    await client.close();
    await running.close();
    await identity.close();
  });

  it('hear whom the authorization beside a message names', async () => {
    bear({ sub: 'usr_7' });
    expect(await ask('who', 'says hello')).toBe('usr_7 says hello');
    expect(await ask('write')).toBe('written');
    bear({ roles: ['admin'] });
    expect(await ask('rule')).toBe('ruled');
  });

  it('are closed to nobody, to bad tokens and to tokens in the payload', async () => {
    const unauthenticated = refused('unauthenticated', 401);
    expect(await outcomeOf('who')).toEqual(unauthenticated);
    expect(await ask('who', { authorization: `Bearer ${identity.tokenFor()}` }).catch(String)).not.toContain(
      'usr',
    );
    metadata = { authorization: 'Basic dTpw' };
    expect(await outcomeOf('who')).toEqual(unauthenticated);
    for (const token of ['', 'garbage', identity.tokenFor({ exp: 1 })]) {
      metadata = { authorization: `Bearer ${token}` };
      expect(await outcomeOf('who')).toEqual(refused('invalid_token', 401));
    }
  });

  it('ask for scopes and roles, and for an API key in vain', async () => {
    bear({ scope: 'articles:read' });
    expect(await outcomeOf('write')).toEqual(refused('insufficient_scope', 403));
    expect(await outcomeOf('rule')).toEqual(refused('forbidden', 403));
    expect(await outcomeOf('keyed')).toEqual(refused('unauthenticated', 401));
  });

  it('refuse a revoked token with the next message', async () => {
    bear({ sid: 'ses_1' });
    expect(await ask('who', '')).toBe('usr_reader ');
    revocations.add({ kind: 'session', id: 'ses_1', expires_at: 4e9 });
    expect(await outcomeOf('who')).toEqual(refused('invalid_token', 401));
  });

  it('may be open to everybody', async () => {
    expect(await ask('ping')).toBe('pong');
    expect(await ask('maybe')).toBe('nobody');
    bear({ sub: 'usr_7' });
    expect(await ask('maybe')).toBe('usr_7');
    metadata = { authorization: 'Bearer garbage' };
    expect(await ask('ping')).toBe('pong');
    expect(await outcomeOf('maybe')).toEqual(refused('invalid_token', 401));
  });

  it('take no event from nobody', async () => {
    await firstValueFrom(client.emit('noted', 'by nobody'), { defaultValue: null });
    bear();
    await firstValueFrom(client.emit('noted', 'by a reader'), { defaultValue: null });
    await expect.poll(() => heard).toEqual(['by a reader']);
  });

  it('tell the errors of their domain as problems, where they have the filter', async () => {
    bear();
    expect(await outcomeOf('miss')).toEqual({ rejects: expect.objectContaining(missed) as unknown });
  });
});
