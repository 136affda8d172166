import { DevService } from '../dev/dev.service.ts';
import { watchCompiler } from '../dev/compiler.watch.ts';
import { plansOf, refuseTakenPorts } from '../processes/fleet.plans.ts';
import { ServiceLogs } from '../processes/service.logs.ts';
import { stopSignal } from '../processes/stop.signals.ts';
import { during } from '../terminal/progress.ts';
import { welcome } from '../terminal/welcome.ts';

/** `npm run dev`: compiles on every change and restarts the services that use what changed. */
export async function dev(): Promise<number> {
  const plans = plansOf(process.env);
  await refuseTakenPorts(plans);
  const stop = stopSignal();
  const logs = new ServiceLogs();
  const services = plans.map(
    (plan) => new DevService(plan, (app, line, stream) => logs.write(app, line, stream)),
  );
  let greeted = false;
  let turn = Promise.resolve();
  const refresh = async () => {
    if (stop.aborted) return;
    const outcomes = await during('Starting what changed', () =>
      Promise.allSettled(services.map((service) => service.refresh())),
    );
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const { reason } of failures) console.error((reason as Error).message);
    if (!greeted && failures.length === 0) process.stdout.write(welcome(plans));
    greeted ||= failures.length === 0;
  };
  await watchCompiler(stop, () => (turn = turn.then(refresh)));
  await turn;
  await Promise.all(services.map((service) => service.stop()));
  return 0;
}
