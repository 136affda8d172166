import { setTimeout as sleep } from 'node:timers/promises';
import { medianAndRange } from '../report/statistics.js';
import { Results } from '../report/results.js';
import { Workplace } from '../report/workplace.js';
import { everydayLoad } from './everyday.load.js';
import { copyFresh, install } from './fresh.copy.js';
import { StartedServices } from './started.services.js';

/** How often it is started, and how long each service is kept busy. */
export interface StartBenchOptions {
  readonly rounds: number;
  readonly seconds: number;
}

/** Until garbage of the start is gone, or not. Milliseconds. */
const REST = 5_000;

/** From a clone to services that are ready, and what memory they take: at rest, and after work. */
export async function startBench({ rounds, seconds }: StartBenchOptions): Promise<void> {
  const results = new Results('start');
  await Workplace.with(async (place) => {
    const folder = place.file('copy');
    copyFresh(folder);
    const installed = await install(folder);
    const first = await started(place, folder);
    await first.stop();
    const starts: StartedServices[] = [];
    for (let round = 1; round < rounds; round += 1) {
      starts.push(await started(place, folder));
      await starts.at(-1)!.stop();
    }
    const last = await started(place, folder);
    starts.push(last);
    results.table('From a fresh copy to ready', [
      { step: 'npm ci, with a warm cache', seconds: installed.toFixed(1) },
      { step: 'npm start, nothing built', seconds: lastReady(first).toFixed(1) },
      { step: 'npm start, built', seconds: medianAndRange(starts.map(lastReady)) },
    ]);
    await sleep(REST);
    const atRest = await last.memory();
    await everydayLoad(place, last, seconds);
    const afterwards = await last.memory();
    const rows = last.services.map(({ name }) => ({
      service: name,
      'ready after, s': medianAndRange(starts.map((one) => readyAfter(one, name))),
      'MB at rest': atRest.get(name)!.toFixed(0),
      'MB after load': afterwards.get(name)!.toFixed(0),
    }));
    results.table('Each service, started when all is built', rows);
    results.note(
      `Seconds from \`npm start\` on, ${rounds} times; resident memory ${REST / 1_000} s after the start, and after ` +
        `${seconds} s each of sign-ins, of lists, and of lists by way of the consumer, as quickly as they are answered.`,
    );
  });
}

async function started(place: Workplace, folder: string): Promise<StartedServices> {
  const services = await StartedServices.in(folder);
  place.leaveBy(() => services.stop());
  return services;
}

function lastReady({ services }: StartedServices): number {
  return Math.max(...services.map((service) => service.readyAfter));
}

function readyAfter({ services }: StartedServices, name: string): number {
  return services.find((service) => service.name === name)!.readyAfter;
}
