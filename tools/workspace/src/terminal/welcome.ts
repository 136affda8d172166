import { styleText } from 'node:util';
import type { Plan } from '../processes/fleet.ts';
import { ServiceLogs } from '../processes/service.logs.ts';
import { addressOf } from '../workspace/environment.ts';
import { table } from './table.ts';

/** What a person sees once everything is ready: where it is, and what to try. */
export function welcome(plans: readonly Plan[]): string {
  const rows = plans.map(({ app, env }) => {
    const url = addressOf(app, { ...env });
    return [styleText('bold', app.name), url, `${url}/docs`, styleText('green', 'ready')];
  });
  const examples = plans.flatMap(({ app, env }) =>
    app.examples.map((example) => `  ${example.replaceAll('{url}', addressOf(app, env))}`),
  );
  return [
    '',
    table(['service', 'address', 'API documents', 'state'], rows),
    ...(examples.length ? ['', 'Try it:', '', ...examples] : []),
    '',
    styleText('dim', `Logs are in ${ServiceLogs.folder}. Ctrl-C stops everything.`),
    '',
  ].join('\n');
}
