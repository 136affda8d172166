import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { runTool } from '@gatehouse/workspace';
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

/** Asked of the compiler, which knows a file that was changed from one that was merely touched. */
async function outdated(services: readonly ServiceSetup[], root: string): Promise<Finding[]> {
  const folders = services.map(({ app }) => realpathSync(app.directory));
  const { output } = await runTool('tsc', ['-b', ...folders, '--dry'], { quiet: true });
  const stale = [...output.matchAll(/A non-dry build would build project '(.+)\/tsconfig\.json'/g)];
  if (stale.length === 0) return [];
  const names = stale.map(([, folder]) => relative(realpathSync(root), folder!)).join(', ');
  return [
    {
      cause: `Changed since it was built: ${names}.`,
      remedy: '`npm start` builds first; by hand it is `npm run build`.',
    },
  ];
}
