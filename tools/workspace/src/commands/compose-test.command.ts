import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { isFree } from '../processes/ports.ts';
import { stopSignal } from '../processes/stop.signals.ts';
import { runProgram, runTool } from '../processes/tool.process.ts';
import { Trouble } from '../workspace/trouble.ts';

/** A stack of the tests' own: the data of `docker compose up` is another's. */
const ENVIRONMENT = {
  COMPOSE_PROJECT_NAME: 'gatehouse-test',
  GATEHOUSE_ORIGIN: 'http://localhost:8080',
  MAILDEV_URL: 'http://localhost:1080',
};
const PORTS = [8080, 3000, 3001, 4000, 1080];
/** From when the last container has started until the gateway answers. Milliseconds. */
const PATIENCE = 60_000;
/** What a start takes has been given back by then. Milliseconds. */
const AT_REST_AFTER = 10_000;

/** `npm run test:compose`: brings the whole house up in containers, tests it through its gateway, removes all of it. */
export async function composeTest(args: readonly string[]): Promise<number> {
  const stop = stopSignal();
  await refuseWhereItCannotRun();
  try {
    const up = await timed('the first 200 from the gateway', () => bringUp(stop));
    return up && (await figures(stop)) && (await timed('tests', () => tests(args, stop))) ? 0 : 1;
  } finally {
    await timed('down', removeAll);
  }
}

async function refuseWhereItCannotRun(): Promise<void> {
  const { ok } = await runProgram('docker', ['compose', 'version'], { quiet: true });
  if (!ok)
    throw new Trouble(
      'There is no `docker compose` here. Install Docker and its compose plugin, and start its engine.',
    );
  const free = await Promise.all(PORTS.map((port) => isFree(port)));
  const taken = PORTS.filter((_, i) => !free[i]);
  if (taken.length > 0)
    throw new Trouble(
      `In use: port ${taken.join(', ')}. Stop what uses it (\`docker compose stop\`, or npm start), and start again.`,
    );
}

async function bringUp(signal: AbortSignal): Promise<boolean> {
  if (!(await compose(['up', '--detach', '--build', '--quiet-pull'], signal))) return false;
  const answers = () =>
    fetch(`${ENVIRONMENT.GATEHOUSE_ORIGIN}/.well-known/jwks.json`, { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const deadline = Date.now() + PATIENCE; !(await answers()); await sleep(100)) {
    if (signal.aborted || Date.now() > deadline) return false;
  }
  return true;
}

/** What each container takes while nobody asks anything of it, and what its image takes. */
async function figures(signal: AbortSignal): Promise<boolean> {
  await sleep(AT_REST_AFTER, undefined, { signal }).catch(() => undefined);
  const memory = ['stats', '--no-stream', '--format', 'table {{.Name}}\t{{.MemUsage}}'];
  return (await compose(memory, signal)) && (await compose(['images'], signal));
}

async function tests(args: readonly string[], signal: AbortSignal): Promise<boolean> {
  const { ok } = await runTool('vitest', ['run', '--config', 'vitest.compose.config.ts', ...args], {
    env: ENVIRONMENT,
    signal,
  });
  return ok;
}

async function compose(args: readonly string[], signal?: AbortSignal): Promise<boolean> {
  const { ok } = await runProgram('docker', ['compose', ...args], {
    env: ENVIRONMENT,
    ...(signal && { signal }),
  });
  return ok;
}

/** Containers, volumes and networks, and the images that were built; not what was pulled. */
async function removeAll(): Promise<boolean> {
  const down = await compose(['down', '--volumes', '--remove-orphans', '--timeout', '15']);
  const own = `label=com.docker.compose.project=${ENVIRONMENT.COMPOSE_PROJECT_NAME}`;
  const { ok } = await runProgram('docker', ['image', 'prune', '--all', '--force', '--filter', own], {
    quiet: true,
  });
  return down && ok;
}

async function timed(name: string, work: () => Promise<boolean>): Promise<boolean> {
  const start = performance.now();
  const ok = await work();
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(styleText(ok ? 'green' : 'red', `${name}: ${ok ? 'ok' : 'FAILED'}, ${seconds} s`));
  return ok;
}
