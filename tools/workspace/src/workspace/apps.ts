import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The workspace's root folder. */
export const ROOT = resolve(import.meta.dirname, '../../../..');

/** A service of this workspace: a folder under `apps/` with a package.json. */
export interface App {
  /** The folder's name, which is the service's. */
  readonly name: string;
  /** Its npm package, which is its Nx project. */
  readonly project: string;
  /** Its absolute folder. */
  readonly directory: string;
  /** Its built entry. */
  readonly main: string;
  /** Where it listens unless told otherwise. */
  readonly port: number;
  /** Command lines to try against it; `{url}` stands for its address. */
  readonly examples: readonly string[];
}

interface Manifest {
  name: string;
  gatehouse?: { port?: number; examples?: string[] };
}

/** Every app of the workspace, identity first, the others in order of their ports. */
export function findApps(root = ROOT): App[] {
  const apps = join(root, 'apps');
  return readdirSync(apps)
    .filter((name) => existsSync(join(apps, name, 'package.json')))
    .map((name) => readApp(join(apps, name), name))
    .sort((a, b) => Number(b.name === 'identity') - Number(a.name === 'identity') || a.port - b.port);
}

function readApp(directory: string, name: string): App {
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
  const port = manifest.gatehouse?.port;
  if (port === undefined) throw new Error(`apps/${name}/package.json lacks gatehouse.port`);
  return {
    name,
    project: manifest.name,
    directory,
    main: join(directory, 'dist/main.js'),
    port,
    examples: manifest.gatehouse?.examples ?? [],
  };
}

/** The app's name as settings spell it: `order-desk` is `ORDER_DESK`. */
export function settingPrefix(app: Pick<App, 'name'>): string {
  return app.name.toUpperCase().replaceAll('-', '_');
}
