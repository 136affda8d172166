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

/** The value below which a share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? NaN;
}

/** The middle of several, and how far they lie apart: `3.1 (2.9–3.4)`. */
export function medianAndRange(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${quantile(values, 0.5).toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`;
}
