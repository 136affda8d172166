import type { Check } from '../check.ts';

/** The tokens that identity signs are meant for whom the services take themselves for. */
export const audienceCheck: Check = {
  name: 'audience',
  holds: 'every service is whom tokens are for',
  look({ identity, guarded }) {
    const audience = identity.setting('AUDIENCE');
    return guarded
      .filter(
        (service) =>
          service.setting('AUDIENCE') !== audience && !isExchangedFor(service.setting('AUDIENCE'), guarded),
      )
      .map((service) => ({
        service: service.name,
        cause: `Tokens are for ${audience}, and ${service.name} takes those for ${service.setting('AUDIENCE')} alone.`,
        remedy: `Set AUDIENCE of both to one name; or, where they differ on purpose, let callers exchange their tokens (${service.name.toUpperCase()}_AUDIENCE at the caller).`,
      }));
  },
};

/** A caller that knows of the other audience exchanges tokens for it (RFC 8693): then they differ on purpose. */
function isExchangedFor(
  audience: string | undefined,
  guarded: readonly { env: Readonly<Record<string, string>> }[],
): boolean {
  return guarded.some(({ env }) =>
    Object.entries(env).some(
      ([name, value]) =>
        /^[A-Z0-9_]+_AUDIENCE$/.test(name) && value === audience && env['AUDIENCE'] !== audience,
    ),
  );
}
