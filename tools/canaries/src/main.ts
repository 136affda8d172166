import { parseArgs } from 'node:util';
import { LentServers, stopSignal, Trouble } from '@gatehouse/workspace';
import { CANARIES } from './canaries.ts';
import type { Canary } from './canary.ts';
import { Releases } from './releases.ts';
import { Variant } from './variant.ts';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });

/** Breaks a copy of the services in one way after another, and tells which checks noticed. */
async function main(): Promise<void> {
  const canaries = chosen(values.only);
  const servers = await LentServers.start();
  const variant = new Variant();
  const stopped = stopSignal();
  try {
    const releases = new Releases(variant, servers.environment);
    for (const canary of canaries) {
      if (stopped.aborted) break;
      await releases.release(canary);
    }
    releases.print();
    if (releases.survivors.length > 0) process.exitCode = 1;
  } finally {
    variant.remove();
    await servers.close();
  }
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
