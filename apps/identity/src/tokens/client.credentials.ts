import type { ClientCredentials } from '../clients/client-authentication.service.js';
import { InvalidClient, OAuthError } from './oauth.error.js';
import type { OAuthParameters } from './oauth.parameters.js';

/**
 * The client credentials of a request: by `client_secret_basic` or `client_secret_post` (RFC 6749 §2.3.1).
 *
 * @returns undefined when it carries none
 * @throws OAuthError `invalid_request` when it carries both (§2.3: no more than one method), or half of one
 * @throws InvalidClient when the Basic value cannot be read
 */
export function clientCredentials(
  authorization: string | undefined,
  parameters: OAuthParameters,
): ClientCredentials | undefined {
  const basic = basicCredentials(authorization);
  const id = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  if (basic && (secret !== undefined || (id !== undefined && id !== basic.id))) {
    throw new OAuthError('invalid_request', 'Use one way of client authentication, not two.');
  }
  if (basic) return basic;
  if (secret === undefined) return undefined;
  if (id === undefined) throw new OAuthError('invalid_request', 'The parameter client_id is missing.');
  return { id, secret };
}

function basicCredentials(authorization: string | undefined): ClientCredentials | undefined {
  const [, encoded] = /^basic +(.*)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [id, ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  if (!id || secret.length === 0) throw new InvalidClient();
  return { id: formDecoded(id), secret: formDecoded(secret.join(':')) };
}

// RFC 6749 §2.3.1: both halves were form-encoded before they were joined.
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new InvalidClient();
  }
}
