import type { NewApiKeyDto, TokenResponse } from '@gatehouse/contracts';
import { basic, userToken } from './credentials.js';
import type { IdentityTestApp } from './identity.test-app.js';

/** An API key of the demo reader, or of whoever has the token. */
export async function createApiKey(
  app: IdentityTestApp,
  request: object = {},
  token?: string,
): Promise<NewApiKeyDto> {
  const authorization = `Bearer ${token ?? (await userToken(app))}`;
  const answer = await app.post('/me/api_keys', { name: 'ci', ...request }, { authorization });
  if (answer.status !== 201) throw new Error(`making an API key answered ${answer.status}`);
  return (await answer.json()) as NewApiKeyDto;
}

/** What `POST /oauth/token` answers to a guard that was shown an API key. */
export async function exchangeApiKey(
  app: IdentityTestApp,
  key: string,
  fields: Record<string, string> = {},
  headers = basic(),
): Promise<{ status: number; body: TokenResponse & { error?: string } }> {
  const exchange = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:gatehouse:params:oauth:token-type:api-key',
    subject_token: key,
  };
  const answer = await app.form('/oauth/token', { ...exchange, ...fields }, headers);
  return { status: answer.status, body: (await answer.json()) as TokenResponse };
}
