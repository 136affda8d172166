import { Trouble } from '@gatehouse/workspace';

/** A token, and where it was refused. */
export interface TokenQuestion {
  readonly token: string;
  /** The service's address, without a slash at its end. */
  readonly service: string;
  /** What was asked for there; by default a guarded GET that the service itself describes. */
  readonly path?: string | undefined;
  readonly method: string;
  /** The token came in the session cookie. */
  readonly cookie: boolean;
  readonly audience?: string | undefined;
}

/** The same as the command line has it. */
export interface TokenOptions {
  token?: string | undefined;
  service?: string | undefined;
  path?: string | undefined;
  method?: string | undefined;
  cookie?: boolean | undefined;
  audience?: string | undefined;
}

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Reads what is asked. @throws Trouble where it cannot be answered, or must not be */
export function questionOf(
  options: TokenOptions,
  env: Readonly<Record<string, string | undefined>>,
): TokenQuestion {
  const { token, service, path, method = 'GET', cookie = false, audience } = options;
  if (!token || !service)
    throw new Trouble(
      'Give both --token <token> (or --token - to read it from the standard input) and --service <url>.',
    );
  const url = URL.parse(service);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Trouble('--service is no address: give one such as http://localhost:3001.');
  if (env['NODE_ENV'] === 'production' || !LOOPBACK.test(url.hostname)) {
    throw new Trouble(
      'Why a token is refused is told outside of production alone, for services on this machine: whoever holds a stolen one must not learn what to mend. In production the log of the service says it.',
    );
  }
  const address = `${url.origin}${url.pathname}`.replace(/\/$/, '');
  return {
    token: withoutScheme(token),
    service: address,
    path,
    method: method.toUpperCase(),
    cookie,
    audience,
  };
}

/** People copy the whole header. */
function withoutScheme(token: string): string {
  return token.trim().replace(/^Bearer\s+/i, '');
}
