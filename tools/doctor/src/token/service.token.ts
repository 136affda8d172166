import { ask } from '../setup/reply.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** A token of a service's own, or why it gets none (an error code of RFC 6749 §5.2). */
export interface ServiceToken {
  readonly token?: string;
  readonly scopes: readonly string[];
  readonly error?: string;
}

/** Signs in as a service does, with its own settings (RFC 6749 §4.4). */
export async function serviceTokenOf({ setting }: ServiceSetup, identityUrl: string): Promise<ServiceToken> {
  const credentials = `${encodeURIComponent(setting('CLIENT_ID') ?? '')}:${encodeURIComponent(setting('CLIENT_SECRET') ?? '')}`;
  const reply = await ask(`${identityUrl}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    form: { grant_type: 'client_credentials' },
  });
  const { access_token: token, scope = '', error } = reply.json<TokenAnswer>() ?? {};
  if (reply.status === 200 && token) return { token, scopes: scope.split(' ') };
  return { scopes: [], error: error ?? `status ${reply.status}` };
}

interface TokenAnswer {
  access_token?: string;
  scope?: string;
  error?: string;
}
