import { join } from 'node:path';
import { generateFiles, readJson, type Tree } from '@nx/devkit';
import type { Service } from './service.ts';

const LIBRARIES = ['@gatehouse/access', '@gatehouse/contracts', '@gatehouse/service-kit'];
const PACKAGES = [
  '@nestjs/common',
  '@nestjs/core',
  '@nestjs/swagger',
  '@nestjs/typeorm',
  'class-transformer',
  'class-validator',
  'fastify',
  'reflect-metadata',
  'rxjs',
  'typeorm',
];
const FOR_TESTS = ['@gatehouse/testing', '@nestjs/platform-fastify'];

/** Writes the files that are the service's own: its app, its DTOs in contracts, its secret for Docker Compose. */
export function writeServiceFiles(tree: Tree, service: Service): void {
  const versions = installedVersions(tree);
  const template = {
    ...service,
    capital: (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
    dependencies: JSON.stringify(versions([...LIBRARIES, ...PACKAGES])),
    devDependencies: JSON.stringify(versions(FOR_TESTS)),
  };
  const files = join(import.meta.dirname, 'files');
  generateFiles(tree, join(files, 'app'), `apps/${service.plural}`, template);
  generateFiles(tree, join(files, 'contracts'), `libs/contracts/src/${service.plural}`, template);
  if (tree.exists('deploy/secrets')) generateFiles(tree, join(files, 'deploy'), 'deploy', template);
}

/** The versions that the workspace has, so that a further service brings no second copy of anything. */
function installedVersions(tree: Tree): (names: readonly string[]) => Record<string, string> {
  const { packages } = readJson<{ packages: Record<string, { version: string; resolved?: string }> }>(
    tree,
    'package-lock.json',
  );
  const versionOf = (name: string) => {
    const installed = packages[`node_modules/${name}`];
    const { version } = (installed?.version ? installed : packages[installed?.resolved ?? '']) ?? {};
    if (!version) throw new Error(`package-lock.json has no ${name}: run npm install`);
    return version;
  };
  return (names) => Object.fromEntries(names.map((name) => [name, versionOf(name)]));
}
