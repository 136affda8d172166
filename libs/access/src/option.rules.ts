import type { AccessOptions } from './access.options.js';

/** What must hold of the options, and what to do where it does not. */
export interface OptionRule {
  readonly holds: (options: AccessOptions) => boolean;
  /** Begins with the option's name; quotes no value, which may be a secret. */
  readonly remedy: string;
}

/** Everything that is checked about options before anything is started with them. */
export const OPTION_RULES: readonly OptionRule[] = [
  {
    holds: ({ issuer }) => isHttpUrl(issuer),
    remedy: 'issuer: give the exact public URL of identity, such as https://id.example.com',
  },
  {
    holds: ({ audience }) => isName(audience),
    remedy: 'audience: give the name that tokens for this service carry in aud, such as gatehouse',
  },
  {
    holds: ({ identityUrl }) => identityUrl === undefined || isHttpUrl(identityUrl),
    remedy: 'identityUrl: give the http(s) URL at which this service reaches identity, or leave it out',
  },
  {
    holds: ({ resource }) => resource === undefined || isHttpUrl(resource),
    remedy: 'resource: give the public http(s) URL of this service, or leave it out',
  },
  {
    holds: ({ realm }) => realm === undefined || isName(realm),
    remedy: 'realm: give printable ASCII, or leave it out',
  },
  {
    holds: ({ allowedOrigins = [] }) => allowedOrigins.every(isOrigin),
    remedy: 'allowedOrigins: give origins such as https://app.example.com, without a path',
  },
  {
    holds: ({ cookieDomain }) => cookieDomain === undefined || DOMAIN.test(cookieDomain),
    remedy: "cookieDomain: give identity's COOKIE_DOMAIN, such as example.com, or leave it out",
  },
  {
    holds: ({ client }) => !client || (isName(client.id) && isName(client.secret)),
    remedy: 'client: give both id and secret of the client this service is at identity',
  },
  {
    holds: ({ client, revocation, revocations }) => (client ?? revocation ?? revocations) !== undefined,
    remedy: "client: give id and secret of the client this service is at identity, or say revocation: 'off'",
  },
  {
    holds: ({ revocation }) => revocation === undefined || revocation === 'off',
    remedy: "revocation: the one thing to say here is 'off'; leave it out to have revoked tokens refused",
  },
  {
    holds: ({ feedMaxStaleness }) => feedMaxStaleness === undefined || feedMaxStaleness > 0,
    remedy: 'feedMaxStaleness: give a number of seconds, or leave it out',
  },
  {
    holds: ({ feedFile, client }) => feedFile === undefined || (feedFile !== '' && client !== undefined),
    remedy: 'feedFile: give the path of a file, with a client whose secret authenticates it, or leave it out',
  },
];

const DOMAIN = /^[a-z\d-]+(?:\.[a-z\d-]+)*$/i;

function isHttpUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, username, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && username + search + hash === ''; // RFC 8414 §2, RFC 9728 §1.2
}

function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && /^[\x20-\x7e]+$/.test(value);
}
