import { findApps, settingPrefix } from '../workspace/apps.ts';
import { environmentOf } from '../workspace/environment.ts';
import { Trouble } from '../workspace/trouble.ts';
import type { Plan } from './fleet.ts';
import { isFree } from './ports.ts';

/** Every app of the workspace, with the environment it is to be started with. */
export function plansOf(env: NodeJS.ProcessEnv): Plan[] {
  const apps = findApps();
  return apps.map((app) => ({ app, env: environmentOf(app, apps, env) }));
}

/** Better said before anything is built or started. */
export async function refuseTakenPorts(plans: readonly Plan[]): Promise<void> {
  for (const { app, env } of plans) {
    const port = Number(env['PORT']);
    if (await isFree(port, env['HOST'])) continue;
    const setting = `${settingPrefix(app)}_PORT`;
    throw new Trouble(
      `Port ${port} is in use, so ${app.name} cannot start: stop what listens there, ` +
        `or choose another port, for example ${setting}=${port + 100} npm start.`,
    );
  }
}
