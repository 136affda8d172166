import { styleText } from 'node:util';
import { Fleet, type Plan } from '../processes/fleet.ts';
import { isFree } from '../processes/ports.ts';
import { ServiceLogs } from '../processes/service.logs.ts';
import { aborted, stopSignal } from '../processes/stop.signals.ts';
import { during } from '../terminal/progress.ts';
import { welcome } from '../terminal/welcome.ts';
import { type App, findApps, settingPrefix } from '../workspace/apps.ts';
import { build } from '../workspace/build.ts';
import { environmentOf, portOf } from '../workspace/environment.ts';
import { Trouble } from '../workspace/trouble.ts';

/** `npm start`: builds, starts every service, says when all are ready, and stops all when asked or when one ends. */
export async function start(): Promise<number> {
  const apps = findApps();
  const plans = apps.map((app) => ({ app, env: environmentOf(app, apps, process.env) }));
  await refuseTakenPorts(apps);
  const stop = stopSignal();
  await build(stop);
  if (!stop.aborted) await run(plans, stop);
  return 0;
}

async function run(plans: readonly Plan[], stop: AbortSignal): Promise<void> {
  const logs = new ServiceLogs();
  const fleet = new Fleet(plans, (app, line, stream) => logs.write(app, line, stream));
  const stopped = aborted(stop);
  const names = plans.map(({ app }) => app.name).join(', ');
  try {
    await during(`Starting ${names}`, () => Promise.race([fleet.ready(), stopped]));
    if (!stop.aborted) process.stdout.write(welcome(plans));
    await Promise.race([stopped, fleet.broken()]);
    process.stdout.write(styleText('dim', '\nStopping.\n'));
  } finally {
    await fleet.stop();
  }
}

async function refuseTakenPorts(apps: readonly App[]): Promise<void> {
  for (const app of apps) {
    const port = portOf(app, process.env);
    if (await isFree(port, process.env['HOST'])) continue;
    const setting = `${settingPrefix(app)}_PORT`;
    throw new Trouble(
      `Port ${port} is in use, so ${app.name} cannot start: stop what listens there, ` +
        `or choose another port, for example ${setting}=${port + 100} npm start.`,
    );
  }
}
