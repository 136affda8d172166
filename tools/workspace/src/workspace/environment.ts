import { type App, settingPrefix } from './apps.ts';
import { Trouble } from './trouble.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What each app is started with: the caller's environment, the addresses of all apps (`ARTICLES_URL`, `ISSUER`, …),
 * and whatever is named for that app alone (`ARTICLES_PORT` arrives there as `PORT`).
 */
export function environmentOf(app: App, apps: readonly App[], env: Environment): Record<string, string> {
  const own = ownSettings(app, env);
  return defined({
    ...env,
    ...addresses(apps, env),
    ...own,
    PUBLIC_URL: addressOf(app, env),
    PORT: String(portOf(app, env)),
    DATABASE_URL: own['DATABASE_URL'] ?? (env['DATABASE_URL'] && ownSchema(env['DATABASE_URL'], app, apps)),
  });
}

/** The port an app is to listen on. */
export function portOf(app: App, env: Environment): number {
  const name = `${settingPrefix(app)}_PORT`;
  const port = Number(env[name] ?? app.port);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Trouble(`${name} is no port: set it to a number from 1 to 65535, or unset it.`);
}

/** Where a person on this machine reaches the app. */
export function addressOf(app: App, env: Environment): string {
  return env[`${settingPrefix(app)}_PUBLIC_URL`] ?? `http://localhost:${portOf(app, env)}`;
}

function addresses(apps: readonly App[], env: Environment): Environment {
  const urls = apps.map((app) => [`${settingPrefix(app)}_URL`, addressOf(app, env)] as const);
  const identity = apps.find((app) => app.name === 'identity');
  const issuer = identity && { ISSUER: addressOf(identity, env) };
  return { ...Object.fromEntries(urls), ...issuer, ...pick(env, ['ISSUER', ...urls.map(([name]) => name)]) };
}

/** `ARTICLES_X` is X for articles alone; `ARTICLES_URL` is its address, which every app may need. */
function ownSettings(app: App, env: Environment): Environment {
  const prefix = `${settingPrefix(app)}_`;
  return Object.fromEntries(
    Object.entries(env)
      .filter(([name]) => name.startsWith(prefix) && name !== `${prefix}URL`)
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/** One MySQL URL for all names the server (and a prefix): each app has a schema of its own there. */
function ownSchema(url: string, app: App, apps: readonly App[]): string {
  if (!URL.canParse(url) || !/^(mysql|mariadb):$/.test(new URL(url).protocol)) {
    const names = apps.map((each) => `${settingPrefix(each)}_DATABASE_URL`).join(', ');
    throw new Trouble(
      `DATABASE_URL names one database, and each service has its own: set ${names}, or a mysql:// server.`,
    );
  }
  const own = new URL(url);
  const prefix = own.pathname.replaceAll('/', '');
  own.pathname = prefix ? `${prefix}_${app.name}` : app.name;
  return own.href;
}

function pick(env: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));
}

function defined(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
