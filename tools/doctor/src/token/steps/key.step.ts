import { NoReply } from '../../setup/reply.ts';
import type { Explanation, Step } from '../explanation.ts';
import { revocationsKnownTo } from '../known.revocations.ts';
import type { TokenCase } from '../token.case.ts';

/** The token names one of the keys that the issuer publishes (RFC 7517). */
export const keyStep: Step = async (of) => {
  const { kid } = of.opened!.header;
  const published = await publishedKeys(of);
  if (!published) {
    return {
      reason: 'keys-unavailable',
      cause: `The keys of ${of.issuer} cannot be fetched: whoever does not have them already answers 503.`,
      remedy: 'Start identity; `npm run doctor` without a token says what is wrong with it.',
    };
  }
  return published.includes(String(kid)) ? undefined : missingKey(of, String(kid));
};

async function publishedKeys(of: TokenCase): Promise<string[] | undefined> {
  try {
    const reply = await of.ofIdentity('/.well-known/jwks.json');
    return reply.json<{ keys?: { kid?: string }[] }>()?.keys?.map(({ kid }) => String(kid));
  } catch (error) {
    if (error instanceof NoReply) return undefined;
    throw error;
  }
}

async function missingKey(of: TokenCase, kid: string): Promise<Explanation> {
  const retired = (await revocationsKnownTo(of)).some(([kind, id]) => kind === 'key' && id === kid);
  const remedy = 'Sign in again: the new token is signed by a key that is published.';
  if (retired)
    return {
      reason: 'retired-key',
      cause: 'The key that signed the token was retired in an emergency.',
      remedy,
    };
  return {
    reason: 'unknown-key',
    cause:
      'The issuer publishes no key of the name (kid) that the token gives: its database was replaced, or the token is of another issuer of that name.',
    remedy,
  };
}
