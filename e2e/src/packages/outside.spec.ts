import { join } from 'node:path';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { freePort } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fencedBlocks } from '../docs/fenced.blocks.js';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { send } from '../harness/http.js';
import { READER, sendForm, signIn } from '../harness/sign-in.js';
import { Running } from '../harness/workspace.command.js';
import { BareApp } from './bare.app.js';

const LIBRARIES = ['access', 'identity-client', 'tokens', 'contracts', 'testing'];
const PACKAGES = ['common', 'core', 'platform-express', 'platform-fastify'].map((name) => `@nestjs/${name}`);

/** How the page packs them, once they are built, and the whole service that it shows. */
const { shell: [commands = ''] = [], ts: [MAIN = ''] = [] } = fencedBlocks('adding-a-service.md');
const PACK = commands.split('\n').find((line) => line.startsWith('npm pack'))!;
const ON_FASTIFY = `import { FastifyAdapter } from '@nestjs/platform-fastify';\n${MAIN.replace('create(AppModule)', 'create(AppModule, new FastifyAdapter())')}`;

describe('the libraries, packed and installed in an empty folder', { timeout: 120_000 }, () => {
  let bare: BareApp;
  let gatehouse: Gatehouse;
  beforeAll(async () => {
    [bare, gatehouse] = await Promise.all([
      BareApp.install(PACK, [...PACKAGES, 'reflect-metadata', 'rxjs']),
      startGatehouse(testDatabases()[0]!),
    ]);
  }, 120_000);
  afterAll(async () => {
    bare?.remove();
    await gatehouse?.stop();
  });

  it.each(LIBRARIES)('bring what %s needs, and nothing else', (library) => {
    const files = bare.packed[`@gatehouse/${library}`]!;
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
    );
    const needless =
      /^(?!dist\/|bin\/|LICENSE$|README\.md$|package\.json$)|\.(spec|fixture)\.|\.map$|tsbuildinfo|\/testing\//;
    expect(files.filter((file) => needless.test(file))).toEqual([]);
  });

  it.each(['nodenext', 'bundler'] as const)('have types that resolve by %s', async (resolution) => {
    const all = LIBRARIES.map((name, i) => `export type * as library${i} from '@gatehouse/${name}';`).join(
      '\n',
    );
    const mistakes = await bare.compile(`types-${resolution}`, `${MAIN}\n${all}`, resolution);
    // Those of @nestjs/passport name a package whose types it does not bring.
    expect(mistakes.filter((line) => !line.includes('/@nestjs/passport/'))).toEqual([]);
  });

  it.each([
    ['Express', MAIN],
    ['Fastify', ON_FASTIFY],
  ])('guard a route on %s, and end what is revoked', async (platform, main) => {
    const port = await freePort();
    const issuer = gatehouse.identity.replace('127.0.0.1', 'localhost');
    const own = main.replace('http://localhost:3000', issuer).replace('3005', String(port));
    await bare.compile(platform, own, 'nodenext');
    const running = new Running(process.execPath, [join(platform, 'dist/main.js')], {}, bare.folder);
    const statusWith = async (bearer?: string) =>
      (await send(`http://127.0.0.1:${port}/things`, bearer ? { bearer } : {})).status;
    const { access_token } = await signIn(gatehouse.identity, READER);

    await expect
      .poll(() => statusWith(access_token).catch(() => running.output), { timeout: 30_000 })
      .toBe(200);
    expect([await statusWith(), await statusWith(`${access_token}x`)]).toEqual([401, 401]);
    await sendForm(`${gatehouse.identity}/oauth/revoke`, { token: access_token });
    await expect.poll(() => statusWith(access_token), { timeout: 1_000 }).toBe(401);

    running.signal('SIGTERM');
    await running.ended;
  });
});
