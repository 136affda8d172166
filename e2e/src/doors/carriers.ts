import type { BrowserSession } from './browser.session.js';

/** What one user holds at once. */
export interface Credentials {
  readonly bearer: string;
  readonly session: BrowserSession;
  readonly key: string;
  /** The bearer of somebody else. */
  readonly another: string;
}

/** What becomes of a request: it passes, passes where its method is safe (or the CSRF value is sent), or is refused. */
export type Outcome = 'passes' | 'needs the CSRF value' | 'reads only' | Refusal;
export type Refusal = 'unauthenticated' | 'invalid_token' | 'invalid_request';

/** A way to send credentials, good or bad, alone or several at once. */
export interface CarrierCase {
  readonly carrier: string;
  readonly outcome: Outcome;
  readonly query?: string;
  headers(credentials: Credentials): Record<string, string | string[]>;
}

const auth = (token: string) => ({ authorization: `Bearer ${token}` });

export const CARRIERS: CarrierCase[] = [
  { carrier: 'nothing', outcome: 'unauthenticated', headers: () => ({}) },
  { carrier: 'a bearer', outcome: 'passes', headers: ({ bearer }) => auth(bearer) },
  { carrier: 'a bad bearer', outcome: 'invalid_token', headers: () => auth('x.y.z') },
  {
    carrier: 'a session’s token as bearer',
    outcome: 'passes',
    headers: ({ session }) => auth(session.token),
  },
  {
    carrier: 'a cookie',
    outcome: 'needs the CSRF value',
    headers: ({ session }) => ({ cookie: session.cookie }),
  },
  { carrier: 'a bad cookie', outcome: 'invalid_token', headers: () => ({ cookie: 'jwt=x.y.z' }) },
  {
    carrier: 'a cookie whose token is of no browser session',
    outcome: 'reads only',
    headers: ({ bearer }) => ({ cookie: `jwt=${bearer}` }),
  },
  {
    carrier: 'two cookies',
    outcome: 'invalid_request',
    headers: ({ session }) => ({ cookie: `jwt=${session.token}; jwt=${session.token}` }),
  },
  {
    carrier: 'a bearer beside a cookie',
    outcome: 'passes',
    headers: ({ bearer, session }) => ({ ...auth(bearer), cookie: session.cookie }),
  },
  {
    carrier: 'a bad bearer beside a cookie',
    outcome: 'invalid_token',
    headers: ({ session }) => ({ ...auth('x.y.z'), cookie: session.cookie }),
  },
  {
    carrier: 'another Authorization beside a cookie',
    outcome: 'unauthenticated',
    headers: ({ session }) => ({ authorization: 'Basic dTpw', cookie: session.cookie }),
  },
  {
    carrier: 'two bearers',
    outcome: 'invalid_request',
    headers: ({ bearer }) => ({ authorization: [`Bearer ${bearer}`, `Bearer ${bearer}`] }),
  },
  {
    carrier: 'a bearer in header and query',
    outcome: 'invalid_request',
    query: '?access_token=x',
    headers: ({ bearer }) => auth(bearer),
  },
  {
    carrier: 'a bearer in the query',
    outcome: 'unauthenticated',
    query: '?access_token=x',
    headers: () => ({}),
  },
  { carrier: 'an API key', outcome: 'passes', headers: ({ key }) => ({ apikey: key }) },
  { carrier: 'a bad API key', outcome: 'invalid_token', headers: () => ({ apikey: 'x' }) },
  {
    carrier: 'two API keys',
    outcome: 'invalid_request',
    headers: ({ key }) => ({ apikey: [key, key] }),
  },
  {
    carrier: 'an API key beside a bearer of its user',
    outcome: 'passes',
    headers: ({ key, bearer }) => ({ apikey: key, ...auth(bearer) }),
  },
  {
    carrier: 'an API key beside a bearer of another user',
    outcome: 'invalid_token',
    headers: ({ key, another }) => ({ apikey: key, ...auth(another) }),
  },
  {
    carrier: 'an API key beside a bad bearer',
    outcome: 'invalid_token',
    headers: ({ key }) => ({ apikey: key, ...auth('x.y.z') }),
  },
  {
    carrier: 'an API key beside a cookie',
    outcome: 'invalid_request',
    headers: ({ key, session }) => ({ apikey: key, cookie: session.cookie }),
  },
  {
    carrier: 'an API key beside a bearer and a cookie',
    outcome: 'passes',
    headers: ({ key, bearer, session }) => ({ apikey: key, ...auth(bearer), cookie: session.cookie }),
  },
];
