import type { Check, Finding } from '../check.ts';
import type { ServiceSetup } from '../setup/setup.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

/** Whoever learns one secret must not have learned another; and the ones printed in this repository are for this machine alone. */
export const secretsCheck: Check = {
  name: 'secrets',
  holds: 'no secret is used twice, none that development uses can be reached from elsewhere',
  look: ({ services }) => services.flatMap((service) => [...usedTwice(service), ...known(service)]),
};

function usedTwice(service: ServiceSetup): Finding[] {
  const secrets = secretsOf(service);
  return secrets.flatMap(({ name, value }, index) => {
    const other = secrets.slice(0, index).find((each) => each.value === value);
    if (!other) return [];
    const cause = `${name} and ${other.name} of ${service.name} are one and the same secret.`;
    return [{ service: service.name, cause, remedy: fresh(name) }];
  });
}

function known(service: ServiceSetup): Finding[] {
  if (LOOPBACK.test(service.setting('HOST') ?? '')) return [];
  return secretsOf(service)
    .filter(({ value, fallback }) => value === fallback)
    .map(({ name }) => ({
      service: service.name,
      cause: `${service.name} listens on ${service.setting('HOST')}, and its ${name} is the one that everybody can read in this repository.`,
      remedy: fresh(name),
    }));
}

function secretsOf({ described, setting }: ServiceSetup) {
  return [...described.values()]
    .filter(({ secret }) => secret)
    .map(({ name, default: fallback }) => ({ name, fallback, value: setting(name) }))
    .filter(({ value }) => value !== undefined);
}

function fresh(name: string): string {
  return `Set ${name} to one of its own, such as \`openssl rand -base64 32\` prints.`;
}
