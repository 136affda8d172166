import { styleText } from 'node:util';
import type { Plan } from '../processes/fleet.ts';
import { ServiceLogs } from '../processes/service.logs.ts';
import { addressOf } from '../workspace/environment.ts';
import { serviceTable } from './service.table.ts';

/** What a person sees once everything is ready: where it is, and what to try. */
export function welcome(plans: readonly Plan[]): string {
  const examples = plans.flatMap(({ app, env }) =>
    app.examples.map((example) => `  ${example.replaceAll('{url}', addressOf(app, env))}`),
  );
  return [
    '',
    serviceTable(plans, () => 'ready'),
    ...(examples.length ? ['', 'Try it:', '', ...examples] : []),
    '',
    styleText('dim', `Logs are in ${ServiceLogs.folder}. Ctrl-C stops everything.`),
  ].join('\n');
}

/** The same for a script, on one line. */
export function welcomeJson(plans: readonly Plan[]): string {
  const services = plans.map(({ app, env }) => {
    const url = addressOf(app, env);
    return { name: app.name, port: Number(env['PORT']), state: 'ready', url, docs: `${url}/docs` };
  });
  return JSON.stringify({ services, logs: ServiceLogs.folder });
}
