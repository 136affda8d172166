import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { url, interval } = workerData as { url: string; interval: number };
const agent = new Agent({ keepAlive: true });
let times: number[] = [];

parentPort!.on('message', () => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort!.postMessage(times);
  times = [];
});

for (;;) {
  const start = performance.now();
  const status = await new Promise<number>((resolve) => {
    get(url, { agent }, (answer) => answer.resume().once('end', () => resolve(answer.statusCode ?? 0))).once(
      'error',
      () => resolve(0),
    );
  });
  times.push(status === 200 ? performance.now() - start : Number.POSITIVE_INFINITY);
  await sleep(interval);
}
