import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check, Finding } from '../check.ts';
import type { ServiceSetup, Setup } from '../setup/setup.ts';

/** What other checks name by its cause. */
const ELSEWHERE = new Set(['keys', 'revocations']);

/** What listens in the place of a service is not the service. */
const AWAY = new Set(['absent', 'foreign']);

/** All services run, or none does; and what runs, answers. */
export const runningCheck: Check = {
  name: 'running',
  holds: 'every service runs and answers',
  look(setup) {
    if (setup.services.every(({ seen }) => AWAY.has(seen.state)))
      return { nothing: 'nothing runs: `npm start`' };
    return setup.services.flatMap((service) => findingOf(service, setup));
  },
};

function findingOf({ name, seen, url }: ServiceSetup, { root }: Setup): Finding[] {
  if (AWAY.has(seen.state))
    return [{ service: name, cause: `${name} does not run, and others do.`, remedy: restart(root, name) }];
  if (seen.state === 'silent') {
    return [
      {
        service: name,
        cause: `${name} takes connections at ${url} and does not answer: it is paused, or busy with something that does not end.`,
        remedy: 'Let it go on (`kill -CONT`), or stop it and start again.',
      },
    ];
  }
  if (seen.state !== 'running') return [];
  const lacks = seen.lacks.filter((each) => !ELSEWHERE.has(each));
  if (lacks.length === 0) return [];
  return [
    {
      service: name,
      cause: `${name} runs and is not ready: ${lacks.join(', ')}.`,
      remedy: `See ${url}/health/ready and .data/logs/${name}.log.`,
    },
  ];
}

/** What a service said as it ended tells more than its absence. */
function restart(root: string, name: string): string {
  const said = lastWords(join(root, '.data/logs', `${name}.log`));
  return said
    ? `It ended with: ${said}`
    : `Start it: \`npm start\` starts all of them. Its log is .data/logs/${name}.log.`;
}

function lastWords(file: string): string | undefined {
  try {
    return /^\S+ cannot start\. (.+)$/.exec(
      readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '',
    )?.[1];
  } catch {
    return undefined; // It has no log here: it was started in some other way.
  }
}
