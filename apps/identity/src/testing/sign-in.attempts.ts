import { READER } from './credentials.js';
import type { IdentityTestApp } from './identity.test-app.js';

/** An attempt to sign in; all but the app by default the demo reader's, and wrong. */
export interface Attempt {
  email?: string;
  password?: string;
  /** The network address it comes from, where the app trusts this machine as a proxy. */
  from?: string;
}

/** Tries to sign in. */
export function trySignIn(app: IdentityTestApp, attempt: Attempt = {}): Promise<Response> {
  const { email = READER.email, password = 'not the password', from = '203.0.113.1' } = attempt;
  return app.post('/user_token', { auth: { email, password } }, { 'x-forwarded-for': from });
}

/** The statuses of many attempts, one after the other. */
export async function statusesOf(
  app: IdentityTestApp,
  times: number,
  attempt: (index: number) => Attempt = () => ({}),
): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < times; index += 1) {
    statuses.push((await trySignIn(app, attempt(index))).status);
  }
  return statuses;
}

/** `[401, 401, …, 429]`: so many failures, and what comes after them. */
export function failuresThen(failures: number, ...rest: number[]): number[] {
  return [...Array.from({ length: failures }, () => 401), ...rest];
}
