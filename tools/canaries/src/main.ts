import { givenArguments, LentServers, stopSignal, Trouble } from '@gatehouse/workspace';
import { CANARIES } from './canaries.ts';
import type { Canary } from './canary.ts';
import { Releases } from './releases.ts';
import { Variant } from './variant.ts';

/** How many canaries are out at a time: most wait for something to start, rather than for a core. */
const COPIES = 2;

const { values } = givenArguments(
  { options: { only: { type: 'string', multiple: true } } },
  'npm run canaries -- [--only <name>]…',
);

/** Breaks a copy of the services in one way after another, and tells which checks noticed. */
async function main(): Promise<void> {
  const canaries = chosen(values.only);
  const servers = await LentServers.start();
  const variants = Array.from({ length: Math.min(COPIES, canaries.length) }, () => new Variant());
  const stopped = stopSignal();
  try {
    const releases = new Releases(servers.environment);
    const [measured, others] = [canaries.filter(isMeasured), canaries.filter((each) => !isMeasured(each))];
    const releaseAll = async (waiting: Canary[], variant: Variant) => {
      for (let next = waiting.shift(); next && !stopped.aborted; next = waiting.shift())
        await releases.release(next, variant);
    };
    await Promise.all(variants.map((variant) => releaseAll(others, variant)));
    await releaseAll(measured, variants[0]!);
    releases.print();
    if (releases.survivors.length > 0) process.exitCode = 1;
  } finally {
    for (const variant of variants) variant.remove();
    await servers.close();
  }
}

/** Faults have bounds in milliseconds: while one is done, nothing else is. */
function isMeasured({ check }: Canary): boolean {
  return 'fault' in check;
}

function chosen(names: readonly string[] | undefined): readonly Canary[] {
  const unknown = names?.find((name) => !CANARIES.some((canary) => canary.name === name));
  if (unknown !== undefined) {
    const all = CANARIES.map(({ name }) => name).join(', ');
    throw new Trouble(`No such canary: ${unknown}. There are ${all}.`);
  }
  return CANARIES.filter(({ name }) => names?.includes(name) ?? true);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
