/** One thing that is done for either of two addresses. */
export type TimedRequest = (email: string) => Promise<Response>;

/** Requests that are made before any counts. */
const WARM_UP = 20;

/**
 * How well times tell two kinds of addresses apart: the area under the ROC curve, 0.5 where they do not at all.
 *
 * @param known gives an address of the one kind, `unknown` one of the other
 */
export async function distinguishability(
  request: TimedRequest,
  pairs: number,
  known: () => string,
  unknown: () => string,
): Promise<number> {
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  for (let pair = 0; pair < WARM_UP + pairs; pair += 1) {
    // In turns, so that whatever else slows the machine down slows both.
    const knownFirst = pair % 2 === 0;
    const first = await timeOf(request, knownFirst ? known() : unknown());
    const second = await timeOf(request, knownFirst ? unknown() : known());
    if (pair < WARM_UP) continue;
    times.known.push(knownFirst ? first : second);
    times.unknown.push(knownFirst ? second : first);
  }
  return areaUnderCurve(times.known, times.unknown);
}

async function timeOf(request: TimedRequest, email: string): Promise<number> {
  const start = performance.now();
  await (await request(email)).arrayBuffer();
  return performance.now() - start;
}

/** How likely it is that one of these is greater than one of those. */
function areaUnderCurve(these: readonly number[], those: readonly number[]): number {
  const greater = these.map((one) => those.filter((other) => one > other).length);
  return greater.reduce((sum, count) => sum + count, 0) / (these.length * those.length);
}
