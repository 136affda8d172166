/** How many do it at once: enough to keep the service busy, few enough that its queue is not what is measured. */
const AT_ONCE = 4;

/** Does something again and again for so many seconds. @returns how long each time took, in milliseconds */
export async function latenciesOf(work: () => Promise<void>, seconds: number): Promise<number[]> {
  const until = performance.now() + seconds * 1_000;
  const latencies: number[] = [];
  const loop = async (): Promise<void> => {
    for (let begun = performance.now(); begun < until; begun = performance.now()) {
      await work();
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, loop));
  return latencies;
}
