// Leaves of an installed and built workspace what one app needs to run: `node slim.mjs APP`, in the workspace.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const SCOPE = '@gatehouse/';
/** Types, maps and build states are for compilers and debuggers; a driver's binaries for other platforms are for those. */
const OF_NO_USE = /\.(map|d\.[mc]?ts|tsbuildinfo)$|better-sqlite3\/(deps|src)\/|better-sqlite3\/prebuilds\//;
/** What Node loads nothing from: builds for browsers and bundlers, and what a package has of tests and pages of its own. */
const NOT_LOADED =
  /^node_modules\/((@[^/]+\/)?[^/]+\/(tests?|docs)|typeorm\/browser|rxjs\/(src|dist\/(bundles|esm5?|types))|class-(validator|transformer)\/(bundles|esm5|esm2015)|libphonenumber-js\/(bundle|es6|es6-modern|source))$/;
const OWN_BINARY = `prebuilds/${process.platform}-${process.arch}.node`;

const app = join('apps', process.argv[2]);
const libraries = librariesOf(app);

for (const path of ['tools', 'e2e', 'package-lock.json', '.npmrc']) remove(path);
// For @nestjs/swagger's compiler plugin alone.
for (const path of ['node_modules/typescript', 'node_modules/@typescript']) remove(path);
keepOnly('apps', (name) => join('apps', name) === app);
keepOnly('libs', (name) => libraries.has(name));
keepOnly(join('node_modules', SCOPE), (name) => libraries.has(name));
for (const project of [app, ...[...libraries].map((name) => join('libs', name))]) {
  keepOnly(project, (name) => ['dist', 'node_modules', 'package.json'].includes(name));
}
for (const file of readdirSync('.', { recursive: true })) {
  if (file.endsWith(OWN_BINARY)) continue;
  if (OF_NO_USE.test(file) || NOT_LOADED.test(file)) remove(file);
}

/** The names of the workspace's libraries that a project depends on, by others as well. */
function librariesOf(project, found = new Set()) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) {
    const name = dependency.startsWith(SCOPE) && dependency.slice(SCOPE.length);
    if (!name || found.has(name)) continue;
    librariesOf(join('libs', name), found.add(name));
  }
  return found;
}

function keepOnly(folder, isKept) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (!isKept(name)) remove(join(folder, name));
}

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}
