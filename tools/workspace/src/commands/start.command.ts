import { styleText } from 'node:util';
import { Fleet, type Plan } from '../processes/fleet.ts';
import { plansOf, refuseTakenPorts } from '../processes/fleet.plans.ts';
import { ServiceLogs } from '../processes/service.logs.ts';
import { aborted, stopSignal } from '../processes/stop.signals.ts';
import { welcome } from '../terminal/welcome.ts';
import { build } from '../workspace/build.ts';

/** `npm start`: builds, starts every service, says when all are ready, and stops all when asked or when one ends. */
export async function start(): Promise<number> {
  const plans = plansOf(process.env);
  await refuseTakenPorts(plans);
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
    console.log(`Starting ${names} …`);
    await Promise.race([fleet.start(), stopped]);
    if (!stop.aborted) process.stdout.write(welcome(plans));
    await Promise.race([stopped, fleet.broken()]);
    process.stdout.write(styleText('dim', '\nStopping.\n'));
  } finally {
    await fleet.stop();
  }
}
