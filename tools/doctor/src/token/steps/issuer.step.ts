import type { Step } from '../explanation.ts';

/** RFC 8725 §3.8: compared letter by letter. */
export const issuerStep: Step = ({ opened, issuer, question }) => {
  const { iss } = opened!.claims;
  if (iss === issuer) return undefined;
  return {
    reason: 'wrong-issuer',
    cause: `The token is from ${JSON.stringify(iss) ?? 'nobody'}, and ${question.service} trusts "${issuer}" alone.`,
    remedy:
      "Get a token from that one; or set the service's ISSUER to identity's PUBLIC_URL, letter by letter.",
  };
};
