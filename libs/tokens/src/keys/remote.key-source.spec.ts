import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeysUnavailable } from './keys-unavailable.error.js';
import { RemoteKeySource } from './remote.key-source.js';

const COOLDOWN = 2_000;

describe('keys of an issuer', () => {
  let server: Server;
  let answer: RequestListener;
  let published: object[];
  let requests: number;
  let now: number;
  let address: string;
  let keys: RemoteKeySource;

  const publish = (...kids: string[]) => {
    published = kids.map((kid) => ({
      ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
      kid,
    }));
  };
  const serve: RequestListener = (_request, response) =>
    void response.end(JSON.stringify({ keys: published }));
  const away: RequestListener = (request) => void request.socket.destroy();

  beforeEach(async () => {
    requests = 0;
    now = 1_780_000_000_000;
    answer = serve;
    publish('a', 'b');
    server = createServer((request, response) => {
      requests += 1;
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`;
    keys = new RemoteKeySource({ url: address, cooldown: COOLDOWN, clock: () => now });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('are fetched once and then at hand', async () => {
    expect(await keys.find('a')).toMatchObject({ kid: 'a', algorithm: 'ES256' });
    expect(await keys.find('b')).toMatchObject({ kid: 'b' });
    expect(requests).toBe(1);
  });

  it('T8: are fetched by one request, however many ask at the same moment', async () => {
    const found = await Promise.all(Array.from({ length: 50 }, () => keys.find('a')));
    expect(found.every((key) => key?.kid === 'a')).toBe(true);
    expect(requests).toBe(1);
  });

  it('T8: are fetched by one request even when the answer takes longer than the cooldown', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    answer = async (request, response) => {
      resolve();
      await released;
      serve(request, response);
    };
    const first = keys.find('a');
    await asked;
    now += COOLDOWN;
    const second = keys.find('b');
    release();
    expect([(await first)?.kid, (await second)?.kid]).toEqual(['a', 'b']);
    expect(requests).toBe(1);
  });

  it('T8: are fetched once per cooldown under a flood of unknown names', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 100; i += 1) expect(await keys.find(`flood-${round}-${i}`)).toBeUndefined();
      expect(requests).toBe(round + 1);
      now += COOLDOWN;
    }
  });

  it('T8: include a genuinely new one after a flood', async () => {
    await keys.find('flood');
    publish('a', 'b', 'new');
    expect(await keys.find('new')).toBeUndefined();
    now += COOLDOWN;
    expect(await keys.find('new')).toMatchObject({ kid: 'new' });
  });

  it('are known in a flood without being fetched', async () => {
    await keys.find('a');
    answer = away;
    now += COOLDOWN;
    await expect(keys.find('flood')).rejects.toThrow(KeysUnavailable);
    expect(await keys.find('a')).toMatchObject({ kid: 'a' });
  });

  it('F6: begin with those that were kept, until the issuer is there again', async () => {
    const kept = { keys: published };
    publish('c');
    answer = away;
    keys = new RemoteKeySource({ url: address, cooldown: COOLDOWN, known: kept, clock: () => now });
    expect(keys.generation).toBe(1);
    expect(await keys.find('a')).toMatchObject({ kid: 'a' });
    await expect(keys.find('c')).rejects.toThrow(KeysUnavailable);
    answer = serve;
    now += COOLDOWN;
    expect(await keys.find('c')).toMatchObject({ kid: 'c' });
    expect(keys.holds('a')).toBe(false);
  });

  it.each([[{}], ['x'], [null], [{ keys: [] }]])('begin with none where %j was kept', async (known) => {
    keys = new RemoteKeySource({ url: address, known });
    expect(keys.generation).toBe(0);
    expect(await keys.find('a')).toMatchObject({ kid: 'a' });
  });

  it('are told to whoever keeps them, as published, each time they change', async () => {
    const told: unknown[] = [];
    const onChange = (set: unknown) => void told.push(set);
    keys = new RemoteKeySource({ url: address, cooldown: COOLDOWN, onChange, clock: () => now });
    const first = { keys: published };
    for (let fetch = 0; fetch < 3; fetch += 1) {
      await keys.refresh();
      now += COOLDOWN;
    }
    publish('c');
    await keys.refresh();
    expect(told).toEqual([first, { keys: published }]);
  });

  it('F6: never expire by age while the issuer is away', async () => {
    await keys.find('a');
    answer = away;
    now += 365 * 24 * 3_600_000;
    expect(await keys.find('a')).toMatchObject({ kid: 'a' });
    await expect(keys.refresh()).rejects.toThrow(KeysUnavailable);
    expect(await keys.find('b')).toMatchObject({ kid: 'b' });
  });

  it('F6: are unavailable, not unknown, when the fetch failed, and that without a fetch per question', async () => {
    answer = away;
    for (let i = 0; i < 20; i += 1) await expect(keys.find('a')).rejects.toThrow(KeysUnavailable);
    const attempts = requests;
    await expect(keys.find('a')).rejects.toMatchObject({
      code: 'unavailable',
      headers: { 'Retry-After': '2' },
    });
    expect(requests).toBe(attempts);
    answer = serve;
    now += COOLDOWN;
    expect(await keys.find('a')).toMatchObject({ kid: 'a' });
  });

  it('F8: are replaced as a whole: a retired one is gone', async () => {
    await keys.find('a');
    const before = keys.generation;
    publish('b', 'c');
    now += COOLDOWN;
    await keys.refresh();
    expect(keys.generation).not.toBe(before);
    expect([keys.holds('a'), keys.holds('b'), keys.holds('c')]).toEqual([false, true, true]);
    expect(await keys.find('a')).toBeUndefined();
  });

  it('F8: count as changed when a name got another key, not when all stayed the same', async () => {
    await keys.refresh();
    const before = keys.generation;
    now += COOLDOWN;
    await keys.refresh();
    expect(keys.generation).toBe(before);
    publish('a', 'b');
    now += COOLDOWN;
    await keys.refresh();
    expect(keys.generation).not.toBe(before);
  });

  it('F9: are fetched even after the clock was set back', async () => {
    await keys.find('flood');
    publish('new');
    now -= 3_600_000;
    expect(await keys.find('new')).toMatchObject({ kid: 'new' });
  });

  it.each<[string, RequestListener]>([
    ['an error', (_request, response) => void response.writeHead(500).end('{}')],
    ['a redirect', (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    [
      'another success',
      (_request, response) => void response.writeHead(203).end(JSON.stringify({ keys: published })),
    ],
    ['what is no JSON', (_request, response) => void response.end('<html>')],
    ['no keys', (_request, response) => void response.end('{"keys":[]}')],
    [
      'more than 100 kB',
      (_request, response) => void response.end(JSON.stringify({ keys: published, x: 'x'.repeat(100_000) })),
    ],
    ['nothing at all', () => undefined],
    ['a body that never ends', (_request, response) => void response.write('{"keys":')],
  ])('stay as they were when the issuer answers %s', async (_name, listener) => {
    await keys.find('a');
    answer = listener;
    now += COOLDOWN;
    await expect(keys.find('new')).rejects.toThrow(KeysUnavailable);
    expect(await keys.find('a')).toMatchObject({ kid: 'a' });
  });

  it('T2: are not looked for where a redirect points', async () => {
    const paths: (string | undefined)[] = [];
    answer = (request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    };
    await expect(keys.find('a')).rejects.toThrow(KeysUnavailable);
    expect(paths).toEqual(['/.well-known/jwks.json']);
  });
});
