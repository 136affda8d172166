import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../workspace/apps.ts';

/** `npm run doctor`: a tool of its own, which needs more than this one, and looks into what may not be built. */
export async function doctor(args: readonly string[]): Promise<number> {
  const main = join(ROOT, 'tools/doctor/src/main.ts');
  const child = spawn(process.execPath, [main, ...args], { cwd: ROOT, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
