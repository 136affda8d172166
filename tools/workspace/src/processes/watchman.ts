import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Ends a server and removes its folder when this process ends.
 *
 * It waits for its input to end, which happens however this process ends, kill -9 included; then nothing is left behind.
 * Detached, so that Ctrl-C does not end the watchman first.
 */
export function watchmanFor(server: ChildProcess, folder: string): ChildProcess {
  const task = 'cat; kill -9 "$0"; sleep 1; rm -rf "$1"';
  const watchman = spawn('sh', ['-c', task, String(server.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchman.stdin.on('error', () => watchman.kill()); // It ended first, by our own hand.
  return watchman;
}
