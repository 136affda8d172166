import { send } from '../harness/http.js';

/** What `POST /me/api_keys` answers. */
export interface ApiKey {
  readonly id: string;
  readonly key: string;
}

/** Makes an API key for the owner of a token. */
export async function createApiKey(identity: string, bearer: string, scopes: string[]): Promise<ApiKey> {
  const body = { name: 'script', scopes };
  const answer = await send(`${identity}/me/api_keys`, { method: 'POST', bearer, body });
  if (answer.status !== 201) throw new Error(`making an API key: ${answer.status} ${answer.text}`);
  return answer.json<ApiKey & Record<string, unknown>>();
}
