import { createServer as createProxy, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '@gatehouse/workspace';
import { ADMIN, tokenFor } from '../harness/sign-in.js';
import { send } from '../harness/http.js';
import type { DoctorsScene } from './doctors.scene.js';
import { holdPort, type SetupFault } from './setup.fault.js';

const SKEWED_CLOCK = pathToFileURL(join(import.meta.dirname, 'skewed.clock.mjs')).href;

/** What goes wrong with services that run. */
export const RUNNING_FAULTS: readonly SetupFault[] = [
  {
    what: 'the clock of a service is an hour ahead',
    check: 'clock',
    says: /clock of articles is 3\d\d\d s ahead/,
    seed: (scene) => scene.startAll({ articles: { NODE_OPTIONS: `--import=${SKEWED_CLOCK}` } }),
  },
  {
    what: 'a service runs with an issuer that was corrected since',
    check: 'issuer',
    says: /articles as it runs trusts http:\/\/localhost:3999/,
    seed: async (scene) => {
      const hidden = { ISSUER: 'http://localhost:3999', IDENTITY_URL: scene.url('identity') };
      for (const name of ['identity', 'consumer']) await scene.start(name);
      await scene.start('articles', hidden);
    },
  },
  {
    what: 'identity was killed, and the others go on',
    check: 'running',
    says: /identity does not run, and others do/,
    seed: async (scene) => {
      await scene.startAll();
      scene.service('identity').signal('SIGKILL');
      await scene.service('identity').ended;
    },
  },
  {
    what: 'a service is paused',
    check: 'running',
    says: /articles takes connections at .+ and does not answer/,
    seed: async (scene) => {
      await scene.startAll();
      scene.service('articles').signal('SIGSTOP');
    },
  },
  {
    what: 'CLIENT_SECRET is not the one that identity gave',
    check: 'client',
    says: /does not know the client consumer with the CLIENT_SECRET of articles/,
    seed: async (scene) => {
      scene.env['ARTICLES_CLIENT_SECRET'] = 'another-secret-than-the-one-it-was-given';
      for (const name of ['identity', 'articles', 'consumer']) await scene.start(name);
    },
  },
  {
    what: 'the client may not follow the feed',
    check: 'client',
    says: /client reports lacks the scope revocations:read/,
    seed: async (scene) => {
      await scene.start('identity');
      await registerClient(scene, 'reports');
      for (const name of ['articles', 'consumer']) await scene.start(name);
    },
  },
  {
    what: 'IDENTITY_URL leads nowhere',
    check: 'feed',
    says: /articles has not got identity's keys yet/,
    seed: async (scene) => {
      scene.env['ARTICLES_IDENTITY_URL'] = `http://127.0.0.1:${await freePort()}`;
      for (const name of ['identity', 'articles', 'consumer']) await scene.start(name);
    },
  },
  {
    what: 'the feed was cut',
    check: 'feed',
    says: /articles has not heard from the revocation feed for/,
    seed: async (scene) => {
      const cut = await wire(scene);
      await scene.startAll();
      cut();
      await new Promise((resolve) => setTimeout(resolve, 500)); // as long as it takes to notice
    },
  },
];

async function registerClient(scene: DoctorsScene, id: string): Promise<void> {
  const bearer = await tokenFor(scene.url('identity'), ADMIN);
  const body = { id, scopes: ['articles:read'], audiences: [] };
  const answer = await send(`${scene.url('identity')}/admin/clients`, { method: 'POST', bearer, body });
  scene.env['ARTICLES_CLIENT_ID'] = id;
  scene.env['ARTICLES_CLIENT_SECRET'] = answer.json<{ secret: string }>().secret;
}

/** A wire between articles and identity; gives what cuts it. */
async function wire(scene: DoctorsScene): Promise<() => void> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let whole = true;
  const proxy = createProxy((socket) => {
    if (!whole) {
      socket.destroy();
      return;
    }
    const other = connect(scene.port('identity'), '127.0.0.1');
    for (const each of [socket, other]) {
      sockets.add(each);
      each.on('error', () => each.destroy());
    }
    socket.pipe(other).pipe(socket);
  });
  await holdPort(scene, port, proxy);
  scene.env['ARTICLES_IDENTITY_URL'] = `http://127.0.0.1:${port}`;
  return () => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
}
