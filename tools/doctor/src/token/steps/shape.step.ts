import type { Step } from '../explanation.ts';

/** A JWS in compact serialisation (RFC 7515 §7.1). */
export const shapeStep: Step = ({ question: { token }, opened }) => {
  if (!token.includes('.')) {
    return {
      reason: 'not-an-access-token',
      cause: 'This is no access token: it has no parts. A refresh token and an API key look like that.',
      remedy: 'Exchange a refresh token at POST /oauth/token; send an API key in the header ApiKey.',
    };
  }
  const parts = token.split('.').length;
  if (parts !== 3) {
    const cause = `The token has ${parts} parts, and a signed one has three.`;
    return {
      reason: 'malformed',
      cause,
      remedy: 'See whether it was cut or joined with something as it was copied.',
    };
  }
  if (opened) return undefined;
  return {
    reason: 'malformed',
    cause: 'The header or the claims of the token are no JSON in base64url.',
    remedy: 'See whether it was changed as it was copied: one character more or less is enough.',
  };
};
