import type { Step } from '../explanation.ts';
import type { TokenCase } from '../token.case.ts';

/** What guards tolerate between two clocks. Seconds. */
const SKEW = 60;

/** RFC 7519 §4.1.4 and §4.1.5, by the clock of the service. */
export const timeStep: Step = (of) => {
  const { exp, nbf, iat } = of.opened!.claims as { exp: number; nbf?: number; iat: number };
  const now = of.now / 1_000;
  if (now >= exp + SKEW) {
    return {
      reason: 'expired',
      cause: `The token expired ${ago(now - exp)} ago, at ${moment(exp)}${aboutClock(of)}.`,
      remedy: aboutClock(of) ? 'Set the clock of that machine.' : 'Sign in again, or use the refresh token.',
    };
  }
  const start = Math.max(nbf ?? 0, iat);
  if (start <= now + SKEW) return undefined;
  return {
    reason: 'not-yet-valid',
    cause: `The token is not valid before ${moment(start)}, in ${ago(start - now)}${aboutClock(of)}.`,
    remedy: 'See whether the clocks of identity and of the service agree: `npm run doctor` compares them.',
  };
};

function aboutClock({ clockAhead }: TokenCase): string {
  const seconds = Math.round(clockAhead / 1_000);
  return Math.abs(seconds) > SKEW
    ? `, and the service's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine's`
    : '';
}

function moment(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

function ago(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
  ] as const;
  const [size, unit] = units.find(([each]) => seconds >= each) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${unit}`;
}
