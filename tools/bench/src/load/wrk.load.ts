import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cpuTimeOfEndedChildren } from './cpu.time.js';
import type { Load, LoadResult } from './load.js';

const SCRIPT = fileURLToPath(new URL('../../src/load/tokens.lua', import.meta.url));

/** Sends a load with wrk: one thread, so that the server keeps a core to itself. */
export async function wrkLoad(load: Load): Promise<LoadResult> {
  const { url, tokens, offset, count = Number.MAX_SAFE_INTEGER, connections, seconds } = load;
  const measure = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', SCRIPT, url];
  const cpu = cpuTimeOfEndedChildren();
  const { stdout } = await promisify(execFile)('wrk', [...measure, tokens, `${offset}`, `${count}`]);
  const own = cpuTimeOfEndedChildren() - cpu;
  const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<
    'requests' | 'micros' | 'p50' | 'p99' | 'failed',
    number
  >;
  const { requests, micros, p50, p99, failed } = result;
  return {
    requests,
    perSecond: (requests / micros) * 1_000_000,
    p50: p50 / 1_000,
    p99: p99 / 1_000,
    failed,
    ownCores: own / (micros / 1_000),
  };
}

/** Whether wrk is installed. */
export async function hasWrk(): Promise<boolean> {
  // wrk -v prints its version and exits with 1
  const outcome = await promisify(execFile)('wrk', ['-v']).catch((error: NodeJS.ErrnoException) => error);
  return !('code' in outcome && outcome.code === 'ENOENT');
}
