import { runTool } from '../processes/tool.process.ts';

const NOISE = /^$|Starting (incremental )?compilation|Found 0 errors/;

/** Compiles whatever changes until `signal` is aborted; calls `onCompiled` each time nothing is wrong with it. */
export async function watchCompiler(signal: AbortSignal, onCompiled: () => void): Promise<void> {
  await runTool('tsc', ['-b', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'], {
    signal,
    onLine: (line) => {
      if (!NOISE.test(line)) console.error(line);
      if (line.includes('Found 0 errors')) onCompiled();
    },
  });
}
