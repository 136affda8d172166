import type { Check, Finding } from '../check.ts';
import { serviceTokenOf } from '../token/service.token.ts';
import type { ServiceSetup, Setup } from '../setup/setup.ts';

/** What following the feed needs. */
const SCOPE = 'revocations:read';

/** Identity knows every guarded service as the client that it says it is. */
export const clientCheck: Check = {
  name: 'client',
  holds: 'identity knows every service by its CLIENT_ID and CLIENT_SECRET',
  async look(setup) {
    if (setup.identity.seen.state !== 'running') return { nothing: 'identity does not run' };
    return (await Promise.all(setup.guarded.map((service) => findingOf(service, setup)))).flat();
  },
};

async function findingOf(service: ServiceSetup, { identity }: Setup): Promise<Finding[]> {
  const token = await serviceTokenOf(service, identity.url);
  const id = service.setting('CLIENT_ID');
  if (token.error === 'invalid_client') {
    return [
      {
        service: service.name,
        cause: `Identity does not know the client ${id} with the CLIENT_SECRET of ${service.name}.`,
        remedy: `Set the secret that identity gave to ${id}; an admin gives it a new one by POST /admin/clients/${id}/secrets.`,
      },
    ];
  }
  if (token.error) {
    return [
      {
        service: service.name,
        cause: `Identity gives ${id} no token: ${token.error}.`,
        remedy: 'See .data/logs/identity.log.',
      },
    ];
  }
  if (token.scopes.includes(SCOPE)) return [];
  return [
    {
      service: service.name,
      cause: `The client ${id} lacks the scope ${SCOPE}: ${service.name} may not follow the feed.`,
      remedy: `Give it that scope: PATCH /admin/clients/${id}.`,
    },
  ];
}
