import { OAuthErrorBody, TokenResponse } from '@gatehouse/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiResponse, ApiSecurity } from '@nestjs/swagger';

type Properties = Record<string, { type: string; description?: string }>;

const text = (description: string) => ({ type: 'string', description });

/** Clients authenticate in the header, or by these (RFC 6749 §2.3.1). */
const CLIENT: Properties = {
  client_id: text('Where the client does not authenticate by Basic.'),
  client_secret: text('With `client_id`.'),
};

const TOKEN: Properties = {
  token: text('An access token, or a refresh token.'),
  token_type_hint: text('Ignored: tokens tell what they are (RFC 7009 §2.1).'),
};

const GRANT: Properties = {
  grant_type: text(
    'Which grant: it decides what else is needed. `grant_types_supported` of the metadata lists them.',
  ),
  username: text('With `password`; `email` does as well.'),
  email: text('With `password`, in place of `username`.'),
  password: text('With `password`.'),
  refresh_token: text('With `refresh_token`.'),
  scope: text('Narrows what is granted.'),
  resource: text('Whom the token is for (RFC 8707).'),
  audience: text('The same, by RFC 8693.'),
  subject_token: text('With a token exchange (RFC 8693 §2.1).'),
  subject_token_type: text('With a token exchange.'),
  device_token: text('With `password`: where the device receives push messages.'),
};

const INTROSPECTION = {
  type: 'object',
  required: ['active'],
  properties: {
    active: { type: 'boolean', description: 'Of a token that is not good, nothing else is told.' },
    token_type: { type: 'string', enum: ['Bearer'] },
    ...Object.fromEntries(
      ['iss', 'sub', 'jti', 'client_id', 'scope', 'sid'].map((name) => [name, { type: 'string' }]),
    ),
    aud: { type: 'array', items: { type: 'string' } },
    exp: { type: 'integer' },
    iat: { type: 'integer' },
    roles: { type: 'array', items: { type: 'string' } },
    act: { type: 'object', description: 'Who acts for the subject (RFC 8693 §4.1).' },
  },
};

/** What `POST /oauth/token` takes and gives. */
export const DocumentedToken = (): MethodDecorator =>
  applyDecorators(
    form({ ...GRANT, ...CLIENT }, { grant_type: 'client_credentials' }),
    ApiOkResponse({ type: TokenResponse }),
  );

/** What `POST /oauth/revoke` takes; it tells nothing. */
export const DocumentedRevocation = (): MethodDecorator =>
  applyDecorators(
    form({ ...TOKEN, ...CLIENT }, { token: 'Zm9yIHRoaXMgcGFnZSBvbmx5' }),
    ApiOkResponse({
      schema: { type: 'object' },
      description: 'Done, or there was nothing to do (RFC 7009 §2.2): `{}` either way.',
    }),
  );

/** What `POST /oauth/introspect` takes and gives. */
export const DocumentedIntrospection = (): MethodDecorator =>
  applyDecorators(
    form({ ...TOKEN, ...CLIENT }, { token: 'Zm9yIHRoaXMgcGFnZSBvbmx5' }),
    ApiOkResponse({ schema: INTROSPECTION, description: 'What is told of a token (RFC 7662 §2.2).' }),
  );

function form(properties: Properties, example: Record<string, string>): MethodDecorator {
  const schema = { type: 'object', required: Object.keys(example), properties, example };
  return applyDecorators(
    ApiSecurity({ client: [] }),
    ApiSecurity({}),
    ApiConsumes('application/x-www-form-urlencoded', 'application/json'),
    ApiBody({ schema }),
    ApiResponse({ status: 401, type: OAuthErrorBody, description: '`invalid_client`' }),
    ApiResponse({ status: 429, type: OAuthErrorBody, description: 'There were too many attempts.' }),
  );
}
