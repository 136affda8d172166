import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { ROOT, runTool } from '@gatehouse/workspace';
import type { Check, Finding } from '../check.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** What runs is what was built: nothing built runs nothing, and an old build runs what the source said then. */
export const buildCheck: Check = {
  name: 'build',
  holds: 'every service is built, from the source as it stands',
  async look({ services, root }) {
    const absent = services.filter(({ built }) => !built).map(missing);
    return absent.length > 0 ? absent : outdated(services, root);
  },
};

function missing({ name }: ServiceSetup): Finding {
  const cause = `${name} is not built: there is no apps/${name}/dist/main.js.`;
  return { service: name, cause, remedy: 'Run `npm run build`.' };
}

const OUTDATED = /Project '(.+)\/tsconfig\.json' is out of date because (.+)/g;

/** A newer project or configuration, by its time alone; of a source file the compiler compares what is in it as well. */
const MERELY_NEWER = /is older than input '(?!.*\.ts')/;

/**
 * Asked of the compiler. Times alone tell nothing: a checkout sets those of the sources, and Nx, which takes a build from
 * its cache, those of the output.
 */
async function outdated(services: readonly ServiceSetup[], root: string): Promise<Finding[]> {
  const folders = services.map(({ app }) => realpathSync(app.directory));
  const { output } = await runTool('tsc', ['-b', ...folders, '--dry', '--verbose'], { quiet: true });
  const stale = [...output.matchAll(OUTDATED)].filter(([, , reason]) => !MERELY_NEWER.test(reason!));
  if (stale.length === 0) return [];
  const names = stale.map(([, folder]) => relative(realpathSync(root), resolve(ROOT, folder!))).join(', ');
  return [
    {
      cause: `Changed since it was built: ${names}.`,
      remedy: '`npm start` builds first; by hand it is `npm run build`.',
    },
  ];
}
