import type { AppRoute } from './app.routes.ts';

export const HEADING = [
  'method',
  'path',
  'who may come',
  'carriers',
  'scopes',
  'roles',
  'besides',
  'handler',
] as const;

const WHO = {
  guarded: 'who has a token',
  anonymous: '**nobody, too**',
  public: '**everyone**',
} as const;

/** One route, in the columns of the heading. */
export function rowOf({ method, path, handler, access, guards }: AppRoute): string[] {
  const openness = access?.openness ?? 'public';
  const besides = guards.filter((guard) => guard !== 'JwtAuthGuard').join(', ');
  return [
    method,
    path,
    handler === undefined ? '**everyone**, no guard' : WHO[openness],
    carriersOf(access),
    access?.scopes.join(' ') ?? '',
    access?.roles.map((choice) => choice.join(' or ')).join(', ') ?? '',
    besides,
    handler ?? 'Fastify',
  ];
}

function carriersOf(access: AppRoute['access']): string {
  if (!access || access.openness === 'public') return '';
  return access.apiKey ? 'apiKey and bearer' : 'bearer, cookie, apiKey';
}
