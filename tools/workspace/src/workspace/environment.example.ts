import { type App, settingPrefix } from './apps.ts';
import { Trouble } from './trouble.ts';

/** What one app's `.env.example` says. */
export interface Example {
  readonly app: App;
  readonly text: string;
}

interface Setting {
  readonly name: string;
  readonly block: string;
}

/**
 * The root's `.env.example`: a setting that means the same to every service that has it, once; one that differs, such
 * as a port, for each service under its own name (`ARTICLES_PORT`).
 */
export function workspaceExample(examples: readonly Example[]): string {
  const all = examples.map(({ app, text }) => ({ app, settings: settingsIn(text) }));
  const blocksOf = (name: string) =>
    all.flatMap(({ settings }) => settings.filter((each) => each.name === name));
  const isCommon = ({ name, block }: Setting) => blocksOf(name).every((other) => other.block === block);
  const common = new Map(
    all.flatMap(({ settings }) => settings.filter(isCommon).map(({ name, block }) => [name, block] as const)),
  );
  const own = all.flatMap(({ app, settings }) =>
    settings.filter((setting) => !isCommon(setting)).map((setting) => prefixed(setting, app)),
  );
  return `${[HEADING, ...common.values(), ...own].join('\n\n')}\n`;
}

/** Two places know an app's port: its configuration, and its package.json for those that start it. They must agree. */
export function checkPort({ app, text }: Example): void {
  const port = settingsIn(text).find(({ name }) => name === 'PORT');
  if (port && !port.block.endsWith(`# PORT=${app.port}`)) {
    throw new Trouble(
      `gatehouse.port in apps/${app.name}/package.json is ${app.port}, and the default of PORT in its configuration is another: make them agree.`,
    );
  }
}

const HEADING = `# Generated from every service's configuration, for npm start and npm run dev. Copy it to .env and change what you need;
# the environment itself wins over it. NAME reaches every service, ARTICLES_NAME reaches articles alone, as NAME.`;

const ASSIGNMENT = /^(?:# )?([A-Z][A-Z0-9_]*)=/m;

function settingsIn(text: string): Setting[] {
  return text
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .flatMap((block) => {
      const name = ASSIGNMENT.exec(block)?.[1];
      // All commented out: npm start works out some of these by itself, such as where the services are.
      return name ? [{ name, block: block.replace(ASSIGNMENT, '# $1=') }] : [];
    });
}

function prefixed({ name, block }: Setting, app: App): string {
  return block.replace(`# ${name}=`, `# ${settingPrefix(app)}_${name}=`);
}
