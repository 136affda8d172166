import { UseFilters } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import {
  MessageBody,
  type OnGatewayConnection,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import { NotFound } from '@gatehouse/contracts';
import { TestIdentity } from '@gatehouse/testing';
import { LocalKeySource } from '@gatehouse/tokens';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessOptions } from '../access.options.js';
import {
  AllowAnonymous,
  CurrentPrincipal,
  Public,
  RequireRole,
  RequireScope,
} from '../decorators/access.decorators.js';
import { AccessErrorFilter } from '../errors/access-error.filter.js';
import type { Principal } from '../principal/principal.js';
import { InMemoryRevocations } from '../revocation/in-memory.revocations.js';
import { type GuardedApp, PLATFORMS, startGuardedApp } from '../testing/guarded.app.js';
import { SocketClient } from '../testing/socket.client.js';

const answer = (data: unknown) => ({ event: 'answer', data });
const CLOSED = { closed: 4401, reason: 'invalid_token' };
const refusal = (code: string, status: number) => ({
  event: 'exception',
  data: expect.objectContaining({ type: 'about:blank', code, status }) as unknown,
});

@WebSocketGateway()
@UseFilters(AccessErrorFilter)
class Room implements OnGatewayConnection {
  static connections = 0;
  @WebSocketServer() readonly server!: { clients: Set<{ send(text: string): void }> };

  handleConnection() {
    Room.connections += 1;
  }

  @SubscribeMessage('who')
  who(@CurrentPrincipal() principal: Principal, @MessageBody() words: string) {
    return answer(`${principal.id} ${words}`);
  }

  @RequireScope('articles:write')
  @SubscribeMessage('write')
  write() {
    return answer('written');
  }

  @RequireRole('admin')
  @SubscribeMessage('rule')
  rule() {
    return answer('ruled');
  }

  @Public()
  @SubscribeMessage('ping')
  ping() {
    return answer('pong');
  }

  @SubscribeMessage('miss')
  miss() {
    throw new NotFound();
  }
}

@AllowAnonymous()
@WebSocketGateway({ path: 'lobby' })
class Lobby {
  @AllowAnonymous()
  @SubscribeMessage('who')
  who(@CurrentPrincipal() principal?: Principal) {
    return answer(principal?.id ?? 'nobody');
  }

  @RequireScope('account')
  @SubscribeMessage('mine')
  mine() {
    return answer('yours');
  }
}

describe.each(PLATFORMS)('a gateway on %s', (_name, adapter) => {
  let identity: TestIdentity;
  let revocations: InMemoryRevocations;
  let app: GuardedApp;
  let clients: SocketClient[];
  let ahead: number;

  const start = async (options: Partial<AccessOptions> = {}): Promise<void> => {
    const keys = new LocalKeySource();
    keys.add(identity.kid, identity.publicKey);
    app = await startGuardedApp(
      [],
      {
        issuer: identity.issuer,
        audience: 'gatehouse',
        keys,
        revocations,
        clock: () => Date.now() + ahead,
        ...options,
      },
      { adapter, providers: [Room, Lobby], prepare: (nest) => nest.useWebSocketAdapter(new WsAdapter(nest)) },
    );
  };
  const open = async (token?: string, path = '/'): Promise<SocketClient> => {
    const client = await SocketClient.open(
      app.url + path,
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
    clients.push(client);
    return client;
  };

  beforeEach(async () => {
    [clients, ahead, Room.connections] = [[], 0, 0];
    identity = await TestIdentity.start();
    revocations = new InMemoryRevocations();
    await start();
  });
  afterEach(async () => {
    clients.forEach((client) => client.close());
    await app.close();
    await identity.close();
  });

  it('hears whom the handshake names, and knows who it is', async () => {
    const client = await open(identity.tokenFor({ sub: 'usr_7' }));
    expect(await client.ask('who', 'says hello')).toEqual(answer('usr_7 says hello'));
    expect(await client.ask('write')).toEqual(answer('written'));
    const admin = await open(identity.tokenFor({ roles: ['admin'] }));
    expect(await admin.ask('rule')).toEqual(answer('ruled'));
    expect(await client.ask('who', 'is still there')).toEqual(answer('usr_7 is still there'));
  });

  it('is not reached without a credential, or with a bad one', async () => {
    for (const token of [undefined, 'garbage', identity.tokenFor({ aud: ['other'] })]) {
      await expect(open(token)).rejects.toThrow('refused');
    }
    expect(Room.connections).toBe(0);
  });

  it('asks for scopes and roles, message by message', async () => {
    const client = await open(identity.tokenFor({ scope: 'articles:read' }));
    expect(await client.ask('write')).toEqual(refusal('insufficient_scope', 403));
    expect(await client.ask('rule')).toEqual(refusal('forbidden', 403));
    expect(await client.ask('who', '')).toEqual(answer('usr_reader '));
  });

  it('tells the errors of its domain as problems, where it uses the filter', async () => {
    const client = await open(identity.tokenFor());
    expect(await client.ask('miss')).toEqual(refusal('not_found', 404));
  });

  it.each<[string, () => void]>([
    ['is revoked', () => revocations.add({ kind: 'session', id: 'ses_1', expires_at: 4e9 })],
    ['expires', () => (ahead = 1_000_000)],
  ])('hears nothing more once the token %s, and closes within a second', async (_how, end) => {
    const client = await open(identity.tokenFor({ sid: 'ses_1' }));
    expect(await client.ask('who', 'before')).toEqual(answer('usr_reader before'));
    const other = await open(identity.tokenFor({ sid: 'ses_2', exp: 4e9 }));
    end();
    const began = performance.now();
    client.say('who', 'after');
    const last = [await client.next()];
    if (!('closed' in last[0]!)) last.push(await client.next());
    // It may be closed before it could even be told why.
    expect([[CLOSED], [refusal('invalid_token', 401), CLOSED]]).toContainEqual(last);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await other.ask('who', 'goes on')).toEqual(answer('usr_reader goes on'));
  });

  it('that is open to everybody knows who has a credential, and refuses a bad one', async () => {
    const nobody = await open(undefined, '/lobby');
    expect(await nobody.ask('who')).toEqual(answer('nobody'));
    expect(await nobody.ask('mine')).toEqual(refusal('unauthenticated', 401));
    const somebody = await open(identity.tokenFor({ sub: 'usr_7' }), '/lobby');
    expect(await somebody.ask('who')).toEqual(answer('usr_7'));
    expect(await somebody.ask('mine')).toEqual(answer('yours'));
    await expect(open('garbage', '/lobby')).rejects.toThrow('refused');
    const another = { authorization: 'Basic dTpw' };
    await expect(SocketClient.open(`${app.url}/lobby`, another)).rejects.toThrow('refused');
  });

  it('answers a public message as any other gateway does', async () => {
    expect(await (await open(identity.tokenFor())).ask('ping')).toEqual(answer('pong'));
  });
});
