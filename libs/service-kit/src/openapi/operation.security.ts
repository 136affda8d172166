import type { RouteAccess } from '../routes/route.access.js';
import type { SecuritySchemes } from './openapi.types.js';

type Requirement = Record<string, string[]>;

/** The ways to carry a credential. */
export const SECURITY_SCHEMES: SecuritySchemes = {
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token (RFC 9068).' },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'jwt',
    description:
      'The cookie of a browser session, over https `__Host-jwt`. Unsafe methods need `X-CSRF-Token` with the value of the cookie `XSRF-TOKEN`.',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'ApiKey', description: 'An API key of a user.' },
  client: {
    type: 'http',
    scheme: 'basic',
    description: 'The id and the secret of a client (RFC 6749 §2.3.1).',
  },
};

/** What satisfies a route: one of these. Nothing at all satisfies one that is public. */
export function requirementsOf({ openness, apiKey }: RouteAccess): Requirement[] {
  if (openness === 'public') return [];
  if (apiKey) return [{ bearer: [], apiKey: [] }];
  const carriers: Requirement[] = [{ bearer: [] }, { cookie: [] }, { apiKey: [] }];
  return openness === 'anonymous' ? [{}, ...carriers] : carriers;
}

/** The scopes and roles that it takes, in words; of OpenAPI's schemes only those of OAuth could say them. */
export function demandsOf({ scopes, roles }: RouteAccess): string | undefined {
  const demands = [
    scopes.length > 0 && `the scope ${scopes.map((scope) => `\`${scope}\``).join(' and ')}`,
    ...roles.map((choice) => `the role ${choice.map((role) => `\`${role}\``).join(' or ')}`),
  ].filter(Boolean);
  return demands.length > 0 ? `Needs ${demands.join(' and ')}.` : undefined;
}
