import type { Step } from '../explanation.ts';

/** RFC 7519 §4.1.3. */
export const audienceStep: Step = ({ opened, audience, question }) => {
  const { aud } = opened!.claims;
  const named = [aud].flat();
  if (named.includes(audience)) return undefined;
  return {
    reason: 'wrong-audience',
    cause: `The token is for ${named.join(', ')}, and ${question.service} takes those for ${audience}.`,
    remedy: `Ask for one with resource=${audience} (RFC 8707), exchange it (RFC 8693), or make AUDIENCE agree.`,
  };
};
