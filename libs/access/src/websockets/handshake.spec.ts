import { connect } from 'node:net';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { TestIdentity } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessOptions } from '../access.options.js';
import { CurrentPrincipal, Public } from '../decorators/access.decorators.js';
import { AccessMisconfigured } from '../errors/access-misconfigured.error.js';
import type { Principal } from '../principal/principal.js';
import { type GuardedApp, startGuardedApp } from '../testing/guarded.app.js';
import { handshake, SocketClient } from '../testing/socket.client.js';

class Said {
  @SubscribeMessage('who')
  who(@CurrentPrincipal() principal?: Principal) {
    return { event: 'answer', data: principal?.id ?? 'nobody' };
  }
}

@WebSocketGateway()
class Room extends Said {}

@Public()
@WebSocketGateway({ path: '/open/' })
class Open extends Said {}

@WebSocketGateway({ path: '/heir' })
class Heir extends Open {}

@Public()
@WebSocketGateway({ path: 'both' })
class OpenOfTwo {}

@WebSocketGateway({ path: 'both' })
class GuardedOfTwo {}

@WebSocketGateway(65_000)
class Astray {}

type Providers = (new () => object)[];
const GATEWAYS: Providers = [Room, Open, Heir, OpenOfTwo, GuardedOfTwo];

describe('the handshake of a WebSocket', () => {
  let identity: TestIdentity;
  let app: GuardedApp | undefined;
  let url: string;

  const start = async (options: Partial<AccessOptions> = {}, providers = GATEWAYS): Promise<void> => {
    await app?.close();
    app = undefined;
    app = await startGuardedApp(
      [],
      { issuer: identity.issuer, audience: 'gatehouse', ...options },
      { providers, prepare: (nest) => nest.useWebSocketAdapter(new WsAdapter(nest)) },
    );
    ({ url } = app);
  };
  const statusWith = async (headers: Record<string, string>, path = '/'): Promise<number> =>
    (await handshake(url + path, headers)).status;
  const bearer = (token = identity.tokenFor()) => ({ authorization: `Bearer ${token}` });

  beforeEach(async () => {
    identity = await TestIdentity.start();
    await start();
  });
  afterEach(async () => {
    await app?.close();
    await identity.close();
  });

  it('is refused as a request is: with problem, challenge and request id', async () => {
    const nobody = await handshake(url, { 'X-Request-Id': 'mine' });
    expect([nobody.status, nobody.headers['content-type'], nobody.headers['x-request-id']]).toEqual([
      401,
      'application/problem+json',
      'mine',
    ]);
    expect(nobody.headers['www-authenticate']).toBe(
      `Bearer realm="gatehouse", resource_metadata="${url}/.well-known/oauth-protected-resource"`,
    );
    expect(nobody.body).toMatchObject({ code: 'unauthenticated', request_id: 'mine' });
    const bad = await handshake(url, bearer('garbage'));
    expect(bad.headers['www-authenticate']).toContain('error="invalid_token"');
    const twice = await handshake(`${url}/?access_token=x`, bearer());
    expect([twice.status, twice.body['code']]).toEqual([400, 'invalid_request']);
    expect(await statusWith(bearer())).toBe(101);
  });

  it('is refused with 503 while tokens cannot be verified', async () => {
    identity.outage();
    const { status, headers } = await handshake(url, bearer());
    expect([status, headers['retry-after']]).toEqual([503, '2']);
  });

  it('by a session cookie is let in from a page of this origin alone', async () => {
    const cookie = `jwt=${identity.tokenFor()}`;
    expect(await statusWith({ cookie, origin: url })).toBe(101);
    const { status, body } = await handshake(url, { cookie, origin: 'https://evil.example' });
    expect([status, body['code']]).toEqual([403, 'csrf_failed']);
    for (const origin of [
      undefined,
      'null',
      '',
      url.replace('http', 'https').replace(/:\d+$/, ''),
      `${url}0`,
    ]) {
      expect(await statusWith({ cookie, ...(origin !== undefined && { origin }) })).toBe(403);
    }
    expect(await statusWith({ cookie: 'jwt=garbage', origin: url })).toBe(401);
    expect(await statusWith({ cookie, origin: 'https://evil.example', ...bearer() })).toBe(101);
  });

  it('by a session cookie is let in from the public URL and the allowed origins, whatever the host', async () => {
    const allowedOrigins = ['https://app.example.com'];
    await start({ resource: 'https://api.example.com/articles', allowedOrigins });
    const cookie = `jwt=${identity.tokenFor()}`;
    const from = (origin: string) => statusWith({ cookie, origin });
    expect(await from('https://api.example.com')).toBe(101);
    expect(await from('https://app.example.com')).toBe(101);
    for (const origin of [url, 'http://app.example.com', 'https://example.com'])
      expect(await from(origin)).toBe(403);
  });

  it('takes an API key, alone or beside a bearer of the same user', async () => {
    const exchangeApiKey = async () => ({
      access_token: identity.tokenFor({ sub: 'usr_7' }),
      expires_in: 900,
    });
    await start({ exchangeApiKey });
    const apikey = 'ghk_0123456789abcdef';
    const client = await SocketClient.open(url, { apikey });
    expect(await client.ask('who')).toEqual({ event: 'answer', data: 'usr_7' });
    client.close();
    expect(await statusWith({ apikey, ...bearer(identity.tokenFor({ sub: 'usr_7' })) })).toBe(101);
    expect(await statusWith({ apikey, ...bearer(identity.tokenFor({ sub: 'usr_8' })) })).toBe(401);
    expect(await statusWith({ apikey, cookie: `jwt=${identity.tokenFor()}`, origin: url })).toBe(400);
  });

  it('looks at no credential where the gateway is public', async () => {
    const client = await SocketClient.open(`${url}/open`, bearer('garbage'));
    expect(await client.ask('who')).toEqual({ event: 'answer', data: 'nobody' });
    client.close();
    expect(await statusWith({}, '/heir')).toBe(401);
  });

  it('is let in by the strictest of the gateways at one path, and by none where there is none', async () => {
    expect(await statusWith({}, '/both')).toBe(401);
    expect(await statusWith({}, '/nothing')).toBe(401);
  });

  it('harms nobody when it is broken off while its token is verified', async () => {
    identity.outage();
    const head = `GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nAuthorization: Bearer ${identity.tokenFor()}\r\n\r\n`;
    for (let i = 0; i < 5; i += 1) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(head, () => socket.resetAndDestroy());
      await new Promise((resolve) => socket.once('close', resolve));
    }
    identity.recover();
    await expect.poll(() => statusWith(bearer()), { timeout: 10_000 }).toBe(101);
  });

  it('cannot be had past the guard: a gateway with a port of its own stops the start', async () => {
    await expect(start({}, [Astray])).rejects.toThrow(AccessMisconfigured);
    await expect(start({}, [Astray])).rejects.toThrow(/Astray: leave out its port/);
  });
});
