import { settingPrefix, Trouble } from '@gatehouse/workspace';
import type { Tree } from '@nx/devkit';
import { appsIn, type Service } from './service.ts';
import { pluralOf, singularOf } from './service.names.ts';

/** What MySQL takes for the name of a user. */
const LONGEST = 32;

/** Every service answers at these addresses already, or the workspace has such a folder. */
const RESERVED = new Set(['apps', 'docs', 'libs', 'metrics', 'tools']);

/** What the compiler writes beside decorators, for the types of members and to keep them: no entity may have such a name. */
const BUILT_IN = new Set([
  'Array',
  'BigInt',
  'Boolean',
  'Function',
  'Number',
  'Object',
  'Reflect',
  'String',
  'Symbol',
]);

/** @throws Trouble where the name cannot be that of a folder, a route, a scope and a client */
export function refuseMisspelt(name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name)) {
    throw new Trouble(
      `"${name}" is no name for a service: lower-case letters and digits, words joined by a hyphen, such as orders or purchase-orders.`,
    );
  }
  if (name.length > LONGEST) {
    throw new Trouble(`"${name}" is too long for a service's name: ${LONGEST} characters at most.`);
  }
}

/** @throws Trouble where something in the workspace has the name */
export function refuseTakenFolder(tree: Tree, name: string): void {
  const folder = [`apps/${name}`, `libs/${name}`, `tools/${name}`, name].find((each) => tree.exists(each));
  if (folder) throw taken(name, `there is ${folder}`);
  if (RESERVED.has(name)) throw taken(name, 'every service, or the workspace, has something of that name');
}

/** @throws Trouble where the name does not tell one thing from many */
export function refuseUncountable(name: string): void {
  if (pluralOf(name) !== name) {
    throw new Trouble(
      `A service is named by the plural of what it keeps: npm run new:service -- ${pluralOf(name)}`,
    );
  }
  if (singularOf(name) === name) {
    throw new Trouble(
      `One and many of ${name} are called the same, so that code could not tell them apart: call them ${name}-items, for example.`,
    );
  }
}

/** @throws Trouble where another service, or what all agree on, has something of that name */
export function refuseTakenName(tree: Tree, service: Service): void {
  const { plural, Singular } = service;
  if (BUILT_IN.has(Singular)) throw taken(plural, `${Singular} is of JavaScript itself`);
  for (const app of appsIn(tree)) {
    const claim = claimOf(tree, app, service);
    if (claim) throw taken(plural, claim);
  }
  const contracts = 'libs/contracts/src';
  if (tree.exists(`${contracts}/${plural}`)) throw taken(plural, `there is ${contracts}/${plural}`);
  if (mentions(tree, `${contracts}/identity/scopes.ts`, `'${plural}:`)) {
    throw taken(plural, `there are scopes ${plural}:…`);
  }
  if (mentions(tree, `${contracts}/index.ts`, `\\b(Create|Update)?${Singular}(Dto|PageQuery)\\b`)) {
    throw taken(plural, `contracts export a DTO of ${Singular}`);
  }
}

/** What an app answers at or keeps under that name. */
function claimOf(tree: Tree, app: string, { plural, table }: Service): string | undefined {
  if (settingPrefix({ name: app }) === settingPrefix({ name: plural })) return `there is a service ${app}`;
  for (const path of sourcesIn(tree, `apps/${app}/src`)) {
    if (mentions(tree, path, `@Controller\\(\\s*'${plural}['/]`)) return `${app} has routes at /${plural}`;
    if (mentions(tree, path, `@Entity\\(\\s*'${table}'`)) return `${app} has a table ${table}`;
  }
  return undefined;
}

function sourcesIn(tree: Tree, folder: string): string[] {
  return tree
    .children(folder)
    .map((name) => `${folder}/${name}`)
    .flatMap((path) => (tree.isFile(path) ? [path] : sourcesIn(tree, path)))
    .filter((path) => path.endsWith('.ts'));
}

function mentions(tree: Tree, path: string, pattern: string): boolean {
  return new RegExp(pattern).test(tree.read(path, 'utf8') ?? '');
}

function taken(name: string, by: string): Trouble {
  return new Trouble(`"${name}" is taken: ${by}. Nothing was written; choose another name.`);
}
