import { runTool } from '../processes/tool.process.ts';
import { Trouble } from './trouble.ts';

/**
 * Builds every project by Nx, which skips what has not changed. Shows the compiler's words only when it fails, and says
 * nothing on the standard output, which is that of the command that comes after.
 */
export async function build(signal?: AbortSignal): Promise<void> {
  console.error('Building …');
  const { ok, output } = await runTool('nx', ['run-many', '-t', 'build', '--outputStyle=static'], {
    quiet: true,
    ...(signal && { signal }),
  });
  if (ok || signal?.aborted) return;
  process.stderr.write(`${output}\n`);
  throw new Trouble('The build failed: see above.');
}
