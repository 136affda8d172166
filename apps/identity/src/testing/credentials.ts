import type { IdentityTestApp } from './identity.test-app.js';

export const READER = { email: 'reader@example.com', password: 'opensesame-please' };
export const ADMIN = { email: 'admin@example.com', password: 'opensesame-admin-please' };
export const CONSUMER = { client_id: 'consumer', client_secret: 'consumer-secret-for-development' };

/** The Authorization of `client_secret_basic`. */
export function basic({ client_id, client_secret } = CONSUMER): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` };
}

/** A token of `POST /user_token`. */
export async function userToken(app: IdentityTestApp, credentials = READER): Promise<string> {
  const answer = await app.post('/user_token', { auth: credentials });
  if (answer.status !== 201) throw new Error(`sign-in answered ${answer.status}`);
  return ((await answer.json()) as { jwt: string }).jwt;
}

/** A token of `client_credentials`: got without any hashing of passwords. */
export async function serviceToken(app: IdentityTestApp): Promise<string> {
  const answer = await app.form('/oauth/token', { grant_type: 'client_credentials' }, basic());
  if (answer.status !== 200) throw new Error(`client_credentials answered ${answer.status}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The claims of a token, unverified. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}

/** The header of a token, unverified. */
export function headerOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as Record<string, unknown>;
}
