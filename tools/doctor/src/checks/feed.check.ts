import type { Check, Finding } from '../check.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** Identity says something every 5 s at least: longer than this and something is cut. Seconds. */
const SILENCE = 20;

/** Every guard hears of what ends, as it ends. */
export const feedCheck: Check = {
  name: 'feed',
  holds: 'every guard follows the revocations',
  look({ guarded }) {
    const running = guarded.filter(({ seen }) => seen.state === 'running');
    if (running.length === 0) return { nothing: 'no guarded service runs' };
    return running.flatMap(findingOf);
  },
};

function findingOf({ name, seen, setting }: ServiceSetup): Finding[] {
  if (seen.state !== 'running') return [];
  const staleness = seen.gauges.get('revocations_staleness_seconds') ?? 0;
  const connected = seen.gauges.get('revocations_connected') !== 0;
  const remedy = `See whether ${name} reaches identity at ${setting('IDENTITY_URL')}, and .data/logs/${name}.log for what it says about the feed.`;
  if (seen.lacks.includes('keys'))
    return [{ service: name, cause: `${name} has not got identity's keys yet, and answers 503.`, remedy }];
  if (seen.lacks.includes('revocations'))
    return [{ service: name, cause: `${name} does not know what was revoked, and answers 503.`, remedy }];
  if (connected && staleness <= SILENCE) return [];
  const since = Number.isFinite(staleness) ? `for ${Math.round(staleness)} s` : 'since it started';
  return [
    {
      service: name,
      cause: `${name} has not heard from the revocation feed ${since}; after ${setting('FEED_MAX_STALENESS')} it answers 503.`,
      remedy,
    },
  ];
}
