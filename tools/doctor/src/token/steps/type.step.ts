import type { Step } from '../explanation.ts';

/** RFC 9068 §4: another kind of token, such as an ID token, is none that opens an API. */
export const typeStep: Step = ({ opened }) => {
  const { typ } = opened!.header;
  if (typeof typ === 'string' && /^(application\/)?at\+jwt$/i.test(typ)) return undefined;
  return {
    reason: 'wrong-type',
    cause: `The token's typ is ${JSON.stringify(typ) ?? 'missing'}, and an access token's is "at+jwt".`,
    remedy: 'Send the access_token that identity gave, not an ID token or a token of another purpose.',
  };
};
