import type { Check, Finding } from '../check.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** Two places know a service's port, its package.json and its configuration; and no two services may have one. */
export const manifestCheck: Check = {
  name: 'manifests',
  holds: 'every package.json names the port of its configuration',
  look: ({ services }) => [...services.flatMap(otherDefault), ...services.flatMap(sharedPort)],
};

function otherDefault({ name, app, described }: ServiceSetup): Finding[] {
  const configured = described.get('PORT')?.default;
  if (configured === undefined || Number(configured) === app.port) return [];
  return [
    {
      service: name,
      cause: `gatehouse.port in apps/${name}/package.json is ${app.port}, and the default of PORT in its configuration is ${configured}.`,
      remedy: 'Make them agree, then `npm run generate`.',
    },
  ];
}

function sharedPort({ name, env }: ServiceSetup, index: number, all: readonly ServiceSetup[]): Finding[] {
  const other = all.slice(0, index).find((each) => each.env['PORT'] === env['PORT']);
  if (!other) return [];
  const prefix = name.toUpperCase().replaceAll('-', '_');
  return [
    {
      service: name,
      cause: `${name} and ${other.name} are both to listen on port ${env['PORT']}.`,
      remedy: `Give one of them another, such as ${prefix}_PORT=${Number(env['PORT']) + 1}.`,
    },
  ];
}
