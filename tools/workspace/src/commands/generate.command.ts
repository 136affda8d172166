import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { type App, findApps, ROOT } from '../workspace/apps.ts';
import { build } from '../workspace/build.ts';
import { checkPort, workspaceExample } from '../workspace/environment.example.ts';
import { Trouble } from '../workspace/trouble.ts';
import { routesOfApp } from '../routes/app.routes.ts';
import { routesDocument } from '../routes/routes.document.ts';
import { documentOf } from '../openapi/app.document.ts';
import { httpPage } from '../openapi/http.page.ts';
import { runNode } from '../processes/tool.process.ts';

/** `npm run generate`: writes what is derived from source. With `--check` it writes nothing and fails on a difference. */
export async function generate(args: readonly string[]): Promise<number> {
  await build();
  const apps = findApps();
  const examples = await Promise.all(apps.map(async (app) => ({ app, text: await exampleOf(app) })));
  examples.forEach(checkPort);
  const services = await Promise.all(apps.map(async (app) => ({ app, routes: await routesOfApp(app) })));
  const documents = await Promise.all(apps.map(documentOf));
  const files = [
    ...examples.map(({ app, text }) => ({ path: join(app.directory, '.env.example'), text })),
    { path: join(ROOT, '.env.example'), text: workspaceExample(examples) },
    { path: join(ROOT, 'docs/routes.md'), text: routesDocument(services) },
    { path: join(ROOT, 'docs/http.md'), text: await formatted('docs/http.md', httpPage(documents)) },
  ].filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  if (!args.includes('--check')) for (const { path, text } of files) writeFileSync(path, text);
  else if (files.length > 0) throw outOfDate(files.map(({ path }) => relative(ROOT, path)));
  return 0;
}

/** As `npm run format` would leave it. */
async function formatted(path: string, text: string): Promise<string> {
  const options = await resolveConfig(join(ROOT, path));
  return format(text, { ...options, filepath: path });
}

/** An app describes its own settings. */
async function exampleOf(app: App): Promise<string> {
  const { ok, output } = await runNode([app.main, 'settings'], { quiet: true });
  if (!ok) throw new Trouble(`${app.name} does not tell its settings:\n${output}`);
  return output;
}

function outOfDate(paths: readonly string[]): Trouble {
  return new Trouble(`Out of date: ${paths.join(', ')}. Run \`npm run generate\` and commit what it writes.`);
}
