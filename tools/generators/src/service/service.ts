import { readJson, type Tree } from '@nx/devkit';
import { serviceNames, type ServiceNames } from './service.names.ts';

/** All that the files of one service depend on. */
export interface Service extends ServiceNames {
  readonly port: number;
  /** Of its first migration, in milliseconds. */
  readonly timestamp: string;
}

interface Manifest {
  gatehouse?: { port?: number };
}

const FIRST_PORT = 3000;

/** A service that is to be made: on the lowest port that no other has, its migration made now. */
export function newService(tree: Tree, name: string): Service {
  const taken = new Set(appsIn(tree).map((app) => portOf(tree, app)));
  let port = FIRST_PORT;
  while (taken.has(port)) port += 1;
  return { ...serviceNames(name), port, timestamp: String(Date.now()) };
}

/** A service that is there, as far as it could be chosen when it was made. */
export function existingService(tree: Tree, name: string): Service {
  const next = newService(tree, name);
  const migrations = `apps/${name}/src/database/migrations`;
  const timestamp = (tree.exists(migrations) ? tree.children(migrations) : [])
    .map((file) => new RegExp(`^(\\d+)-create-${name}\\.migration\\.ts$`).exec(file)?.[1])
    .find(Boolean);
  return {
    ...next,
    port: portOf(tree, name) ?? next.port,
    timestamp: timestamp ?? next.timestamp,
  };
}

/** The folders of the services there are. */
export function appsIn(tree: Tree): string[] {
  return tree.children('apps').filter((app) => tree.exists(`apps/${app}/package.json`));
}

function portOf(tree: Tree, app: string): number | undefined {
  return readJson<Manifest>(tree, `apps/${app}/package.json`).gatehouse?.port;
}
