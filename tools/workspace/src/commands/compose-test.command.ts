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

/** `npm run test:compose`: brings the whole house up in containers, tests it through its gateway, removes all of it. */
export async function composeTest(args: readonly string[]): Promise<number> {
  const stop = stopSignal();
  await refuseWhereItCannotRun();
  try {
    const up = await timed('up', () => compose(['up', '--detach', '--build', '--quiet-pull'], stop));
    return up && (await timed('tests', () => tests(args, stop))) ? 0 : 1;
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
