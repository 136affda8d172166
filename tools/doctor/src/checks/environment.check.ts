import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { settingPrefix } from '@gatehouse/workspace';
import type { Check, Finding } from '../check.ts';
import { nearest } from '../setup/nearest.name.ts';
import type { ServiceSetup, Setup } from '../setup/setup.ts';

/** These belong to one service each: at the root they need its prefix, and do nothing without. */
const NEEDS_PREFIX = new Set(['PORT', 'PUBLIC_URL']);

/** The `.env` files: a name that nobody reads changes nothing, and says nothing either. */
export const environmentCheck: Check = {
  name: 'environment',
  holds: 'every name in the .env files is a setting',
  look: (setup) => [
    ...inRootFile(setup),
    ...setup.services.flatMap((each) => inOwnFile(each, setup)),
    ...inProcess(setup),
  ],
};

function inRootFile(setup: Setup): Finding[] {
  const known = namesAtRoot(setup);
  return namesIn(join(setup.root, '.env')).flatMap((name) => {
    if (NEEDS_PREFIX.has(name)) return [needsPrefix(name)];
    return known.has(name) ? [] : [unknown(name, known, '.env')];
  });
}

function inOwnFile({ app, name: service, described }: ServiceSetup, { root }: Setup): Finding[] {
  const file = join(app.directory, '.env');
  const known = withFiles(described.keys());
  return namesIn(file)
    .filter((name) => !known.has(name))
    .map((name) => ({ service, ...unknown(name, known, relative(root, file)) }));
}

/** Of the environment itself only what bears a service's name: the rest is other programs'. */
function inProcess(setup: Setup): Finding[] {
  const known = namesAtRoot(setup);
  const inFile = new Set(namesIn(join(setup.root, '.env')));
  const prefixes = setup.services.map(({ app }) => `${settingPrefix(app)}_`);
  return Object.keys(setup.env)
    .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)))
    .filter((name) => !known.has(name) && !inFile.has(name))
    .map((name) => unknown(name, known, 'the environment'));
}

function namesAtRoot({ services }: Setup): Set<string> {
  const bare = services.flatMap(({ described }) => [...withFiles(described.keys())]);
  const prefixed = services.flatMap(({ app, described }) =>
    [...withFiles(described.keys()), 'URL'].map((name) => `${settingPrefix(app)}_${name}`),
  );
  return new Set([...bare, ...prefixed]);
}

function withFiles(names: Iterable<string>): Set<string> {
  return new Set([...names].flatMap((name) => [name, `${name}_FILE`]));
}

function namesIn(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').matchAll(/^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/gm);
  return [...new Set([...lines].map(([, name]) => name!))];
}

function unknown(name: string, known: ReadonlySet<string>, where: string): Finding {
  const meant = nearest(name, known);
  return {
    cause: `${name} in ${where} is a setting of no service.`,
    remedy: meant ? `Did you mean ${meant}?` : 'Remove it, or see .env.example for what there is.',
  };
}

function needsPrefix(name: string): Finding {
  return {
    cause: `${name} in .env reaches no service: each has its own.`,
    remedy: `Say whose it is, such as ARTICLES_${name}.`,
  };
}
