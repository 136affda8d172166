import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseEnv } from 'node:util';
import { type App, environmentOf, findApps, ROOT } from '@gatehouse/workspace';
import { type DescribedSetting, describedSettings } from './described.settings.ts';
import { lookAt, type Sighting } from './sighting.ts';

/** One service of the set-up: what it is given, and what can be seen of it. */
export interface ServiceSetup {
  readonly app: App;
  readonly name: string;
  /** What `npm start` gives it. */
  readonly env: Readonly<Record<string, string>>;
  readonly described: ReadonlyMap<string, DescribedSetting>;
  /** Where it listens on this machine. */
  readonly url: string;
  readonly built: boolean;
  readonly seen: Sighting;
  /** A setting as the service reads it: given, from the file that `NAME_FILE` names, or its default. */
  readonly setting: (name: string) => string | undefined;
}

/** The services as they are meant to run here, and as they do. */
export interface Setup {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly services: readonly ServiceSetup[];
  readonly identity: ServiceSetup;
  /** All but identity. */
  readonly guarded: readonly ServiceSetup[];
}

/**
 * Looks at a set-up.
 *
 * @param env what `npm start` would be given, the `.env` at the root included
 * @param root the workspace's folder
 * @throws Trouble where the environment makes no plan, such as a port that is none
 */
export async function setupOf(env: Setup['env'], root = ROOT): Promise<Setup> {
  const apps = findApps(root);
  const services = await Promise.all(apps.map((app) => serviceOf(app, environmentOf(app, apps, env), root)));
  const identity = services.find(({ name }) => name === 'identity');
  if (!identity) throw new Error('there is no apps/identity');
  return { root, env, services, identity, guarded: services.filter((each) => each !== identity) };
}

async function serviceOf(app: App, planned: Record<string, string>, root: string): Promise<ServiceSetup> {
  const described = describedSettings(app);
  const env = { ...ownFile(app), ...planned };
  const setting = (name: string): string | undefined => {
    const { default: fallback, sameAs } = described.get(name) ?? {};
    return given(name, env, root) ?? fallback ?? (sameAs && setting(sameAs));
  };
  const host = setting('HOST');
  const address = !host || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${env['PORT']}`;
  const seen = await lookAt(url, app.name);
  return { app, name: app.name, env, described, url, built: existsSync(app.main), seen, setting };
}

/** The `.env` beside an app's package.json, which its main reads; the environment wins over it. */
function ownFile({ directory }: App): Record<string, string> {
  const file = join(directory, '.env');
  return existsSync(file) ? (parseEnv(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

function given(name: string, env: Readonly<Record<string, string>>, root: string): string | undefined {
  const file = env[`${name}_FILE`]?.trim();
  const text = env[name]?.trim() || undefined;
  if (text || !file) return text;
  const path = isAbsolute(file) ? file : join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() || undefined : undefined;
}
