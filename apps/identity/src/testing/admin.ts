import { ADMIN, userToken } from './credentials.js';
import type { IdentityTestApp } from './identity.test-app.js';

/** What somebody was answered. */
export interface AdminAnswer {
  status: number;
  headers: Headers;
  // What the test expects it to be.
  body: Record<string, unknown> & Record<string, unknown>[];
}

/** Somebody who calls the admin API. */
export type AdminCall = (method: string, path: string, body?: unknown) => Promise<AdminAnswer>;

/** The demo admin, or whoever has the token. */
export async function adminOf(app: IdentityTestApp, token?: string): Promise<AdminCall> {
  const bearer = token ?? (await userToken(app, ADMIN));
  return async (method, path, body) => {
    const answer = await app.fetch(`/admin${path}`, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const { status, headers } = answer;
    return { status, headers, body: (text ? JSON.parse(text) : {}) as AdminAnswer['body'] };
  };
}
