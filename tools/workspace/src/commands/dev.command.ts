import { DevService } from '../dev/dev.service.ts';
import { watchCompiler } from '../dev/compiler.watch.ts';
import { plansOf, refuseTakenPorts } from '../processes/fleet.plans.ts';
import { ServiceLogs } from '../processes/service.logs.ts';
import { stopSignal } from '../processes/stop.signals.ts';
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
    const outdated = services.filter((service) => service.outdated);
    if (stop.aborted || outdated.length === 0) return;
    console.log(`Starting ${outdated.map(({ name }) => name).join(', ')} …`);
    for (const service of outdated) await service.restart();
    if (!greeted && services.every((service) => service.listening)) {
      console.log(welcome(plans));
      greeted = true;
    }
  };
  await watchCompiler(stop, () => (turn = turn.then(refresh)));
  await turn;
  await Promise.all(services.map((service) => service.stop()));
  return 0;
}
