import { Fleet, type Plan } from '../processes/fleet.ts';
import { plansOf, refuseTakenPorts } from '../processes/fleet.plans.ts';
import { ServiceLogs } from '../processes/service.logs.ts';
import { aborted, stopSignal } from '../processes/stop.signals.ts';
import { Progress } from '../terminal/progress.ts';
import { build } from '../workspace/build.ts';

/**
 * `npm start`: builds, starts every service, shows how far each has come and where it is, and stops all when asked or
 * when one ends. With `--json` it says one line when all are ready, for a script.
 */
export async function start(args: readonly string[]): Promise<number> {
  const plans = plansOf(process.env);
  await refuseTakenPorts(plans);
  const stop = stopSignal();
  await build(stop);
  if (!stop.aborted) await run(plans, stop, new Progress(plans, args.includes('--json')));
  return 0;
}

async function run(plans: readonly Plan[], stop: AbortSignal, progress: Progress): Promise<void> {
  // Those that stop refuse those that still ask: that is in their logs, and nothing to look after.
  const logs = new ServiceLogs((app, notice) => {
    if (!stop.aborted) progress.notice(app, notice);
  });
  const fleet = new Fleet(
    plans,
    (app, line, stream) => logs.write(app, line, stream),
    (app, state) => progress.note(app, state),
  );
  const stopped = aborted(stop);
  try {
    await Promise.race([fleet.start(), stopped]);
    if (!stop.aborted) progress.ready();
    await Promise.race([stopped, fleet.broken()]);
    progress.stopping();
  } finally {
    await fleet.stop();
  }
}
