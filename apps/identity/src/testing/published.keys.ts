import type { IdentityTestApp } from './identity.test-app.js';

/** The ids of the keys that an identity publishes. */
export async function publishedKids(app: IdentityTestApp): Promise<string[]> {
  const answer = await app.fetch('/.well-known/jwks.json');
  const { keys } = (await answer.json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}
