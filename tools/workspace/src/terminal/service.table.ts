import { styleText } from 'node:util';
import type { Plan, ServiceState } from '../processes/fleet.ts';
import { addressOf } from '../workspace/environment.ts';
import { table } from './table.ts';

const COLOURS = {
  waiting: 'dim',
  starting: 'yellow',
  listening: 'yellow',
  ready: 'green',
  ended: 'red',
} as const satisfies Record<ServiceState, string>;

/** One row for each service: where it is, and how far it has come. */
export function serviceTable(plans: readonly Plan[], stateOf: (name: string) => ServiceState): string {
  const rows = plans.map(({ app, env }) => {
    const url = addressOf(app, env);
    const state = stateOf(app.name);
    return [
      styleText('bold', app.name),
      env['PORT'] ?? '',
      styleText(COLOURS[state], state),
      url,
      `${url}/docs`,
    ];
  });
  return table(['service', 'port', 'state', 'address', 'API documents'], rows);
}
