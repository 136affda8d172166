import type { Step } from '../explanation.ts';

/** The verifier's own words, for what is no fault of the form. */
const ABOUT_SIGNATURE = /signature does not fit|alg is not/;

/** All that the guards' own verifier checks, but for whom the token is and when: other steps say those better. */
export const signatureStep: Step = async (of) => {
  const { InvalidToken, RemoteKeySource, TokenVerifier } = await import('@gatehouse/tokens');
  const { aud, iat, nbf } = of.opened!.claims;
  const keys = new RemoteKeySource({ url: `${of.identityUrl}/.well-known/jwks.json` });
  const audience = String(Array.isArray(aud) ? aud[0] : aud);
  const start = Math.max(Number(iat) || 0, Number(nbf) || 0);
  const verifier = new TokenVerifier({ issuer: of.issuer, audience, keys, clock: () => start * 1_000 });
  try {
    await verifier.open(of.question.token);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidToken)) throw error;
    if (ABOUT_SIGNATURE.test(error.reason)) {
      return {
        reason: 'bad-signature',
        cause: `The token was changed after it was signed, or signed by another key of that name: ${error.reason}.`,
        remedy: 'Sign in again, and send the token as it came.',
      };
    }
    // Its first claim to be over at the very start is one that was never good.
    if (error.reason === 'expired') return undefined;
    return {
      reason: 'malformed',
      cause: `The token is not one of RFC 9068: ${error.reason}.`,
      remedy: 'Sign in again, and send the token as it came.',
    };
  }
};
