import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@gatehouse/workspace';
import { greeter, holdPort, type SetupFault, stranger } from './setup.fault.js';

/** What goes wrong before anything runs: the build, the files, the settings, what holds the ports. */
export const CONFIGURATION_FAULTS: readonly SetupFault[] = [
  {
    what: 'nothing is built',
    check: 'build',
    says: /identity is not built/,
    seed: (scene) => scene.withApps('export {};'),
  },
  {
    what: 'the source was changed after the build',
    check: 'build',
    says: /Changed since it was built: apps\/articles/,
    seed: async (scene) => {
      await scene.withBuiltApps();
      writeFileSync(join(scene.root, 'apps/articles/src/main.ts'), 'export const changed = true;');
    },
  },
  {
    what: 'gatehouse.port is not the port of the configuration',
    check: 'manifests',
    says: /gatehouse\.port in apps\/articles\/package\.json is 3999/,
    seed: (scene) => {
      scene.withApps('export {};');
      const manifest = { name: '@gatehouse/articles', gatehouse: { port: 3999 } };
      writeFileSync(join(scene.root, 'apps/articles/package.json'), JSON.stringify(manifest));
    },
  },
  {
    what: 'two services are to listen on one port',
    check: 'manifests',
    says: /articles and identity are both to listen on/,
    seed: ({ env }) => void (env['ARTICLES_PORT'] = env['IDENTITY_PORT']),
  },
  {
    what: 'a setting is mistyped in .env',
    check: 'environment',
    says: /ARTICLES_PROT in \.env is a setting of no service/,
    seed: (scene) => scene.withEnvironmentFile('ARTICLES_PROT=3005\n'),
  },
  {
    what: '.env says PORT, which reaches nobody',
    check: 'environment',
    says: /PORT in \.env reaches no service/,
    seed: (scene) => scene.withEnvironmentFile('PORT=3005\n'),
  },
  {
    what: 'a setting is mistyped in the environment',
    check: 'environment',
    says: /ARTICLES_AUDEINCE in the environment/,
    seed: ({ env }) => void (env['ARTICLES_AUDEINCE'] = 'gatehouse'),
  },
  {
    what: 'a setting has no valid value',
    check: 'settings',
    says: /ACCESS_TOKEN_TTL/,
    seed: ({ env }) => void (env['IDENTITY_ACCESS_TOKEN_TTL'] = 'soon'),
  },
  {
    what: 'the file of a secret cannot be read',
    check: 'settings',
    says: /KEY_ENCRYPTION_KEY_FILE names a file that cannot be read/,
    seed: ({ env, folder }) => void (env['IDENTITY_KEY_ENCRYPTION_KEY_FILE'] = join(folder, 'absent')),
  },
  {
    what: "production starts with development's secrets",
    check: 'settings',
    says: /PUBLIC_URL|KEY_ENCRYPTION_KEY|TOKEN_SECRET/,
    seed: ({ env }) => void (env['NODE_ENV'] = 'production'),
  },
  {
    what: 'one secret is used for two things',
    check: 'secrets',
    says: /TOKEN_SECRET and KEY_ENCRYPTION_KEY of identity are one and the same/,
    seed: ({ env }) => void (env['IDENTITY_TOKEN_SECRET'] = 'key-encryption-key-for-development'),
  },
  {
    what: "development's secrets can be reached from elsewhere",
    check: 'secrets',
    says: /identity listens on 0\.0\.0\.0, and its KEY_ENCRYPTION_KEY/,
    seed: ({ env }) => void (env['IDENTITY_HOST'] = '0.0.0.0'),
  },
  {
    what: 'another web server holds a port',
    check: 'ports',
    says: /held by something that is not articles/,
    seed: (scene) => holdPort(scene, scene.port('articles'), stranger()),
  },
  {
    what: 'a program that speaks no HTTP holds a port',
    check: 'ports',
    says: /held by something that is not identity/,
    seed: (scene) => holdPort(scene, scene.port('identity'), greeter('220 mail.test ESMTP\r\n')),
  },
  {
    what: 'no Valkey answers',
    check: 'valkey',
    says: /No Valkey answers at 127\.0\.0\.1/,
    seed: async ({ env }) => void (env['IDENTITY_REDIS_URL'] = `redis://127.0.0.1:${await freePort()}`),
  },
  {
    what: 'what answers at REDIS_URL is a mail server',
    check: 'valkey',
    says: /is no Valkey or Redis/,
    seed: async (scene) => {
      const port = await freePort();
      await holdPort(scene, port, greeter('220 mail.test ESMTP\r\n'));
      scene.env['IDENTITY_REDIS_URL'] = `redis://127.0.0.1:${port}`;
    },
  },
  {
    what: 'no mail server answers',
    check: 'mail',
    says: /No mail server answers at 127\.0\.0\.1/,
    seed: async ({ env }) => void (env['IDENTITY_SMTP_URL'] = `smtp://127.0.0.1:${await freePort()}`),
  },
  {
    what: 'what answers at SMTP_URL takes no mail',
    check: 'mail',
    says: /no mail server that takes mail/,
    seed: async (scene) => {
      const port = await freePort();
      await holdPort(scene, port, greeter('554 no mail here\r\n')); // RFC 5321 §3.1
      scene.env['IDENTITY_SMTP_URL'] = `smtp://127.0.0.1:${port}`;
    },
  },
  {
    what: 'a service trusts another issuer',
    check: 'issuer',
    says: /articles is set to trust http:\/\/localhost:3999/,
    seed: ({ env }) => void (env['ARTICLES_ISSUER'] = 'http://localhost:3999'),
  },
  {
    what: 'tokens are for another audience than the services',
    check: 'audience',
    says: /Tokens are for other-api, and articles takes those for gatehouse alone/,
    seed: ({ env }) => void (env['IDENTITY_AUDIENCE'] = 'other-api'),
  },
  {
    what: 'subdomains are to share a cookie, and one service does not know',
    check: 'cookies',
    says: /COOKIE_DOMAIN is localhost at identity and not set at articles/,
    seed: ({ env }) => void (env['IDENTITY_COOKIE_DOMAIN'] = 'localhost'),
  },
  {
    what: 'the cookie is for a domain that identity is not in',
    check: 'settings',
    says: /COOKIE_DOMAIN must be the host of PUBLIC_URL/,
    seed: ({ env }) => void (env['COOKIE_DOMAIN'] = 'example.com'),
  },
];
