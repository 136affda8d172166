import type { Check, Finding } from '../check.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** One name for identity, letter by letter (RFC 8725 §3.8): in its own settings, in every other service's, and as they run. */
export const issuerCheck: Check = {
  name: 'issuer',
  holds: 'every service trusts the issuer that identity is',
  look: ({ identity, guarded }) => [
    ...guarded.flatMap((service) =>
      mismatch(service, identity.setting('PUBLIC_URL'), service.setting('ISSUER'), 'is set to trust'),
    ),
    ...runningOtherwise(identity, identity.setting('PUBLIC_URL')),
    ...guarded.flatMap((service) => runningOtherwise(service, service.setting('ISSUER'))),
  ],
};

function mismatch(service: ServiceSetup, name = '', trusted = '', verb = ''): Finding[] {
  if (withoutSlash(name) === withoutSlash(trusted)) return [];
  return [
    {
      service: service.name,
      cause: `Identity calls itself ${name}, and ${service.name} ${verb} ${trusted}: it refuses every token.`,
      remedy: `Set ISSUER of ${service.name} to identity's PUBLIC_URL, letter by letter.`,
    },
  ];
}

/** A service reads its settings once: what was changed since reaches it with its next start. */
function runningOtherwise({ name, seen }: ServiceSetup, expected = ''): Finding[] {
  if (seen.state !== 'running' || seen.issuer === undefined) return [];
  if (seen.issuer === withoutSlash(expected)) return [];
  const role = name === 'identity' ? 'calls itself' : 'trusts';
  return [
    {
      service: name,
      cause: `${name} as it runs ${role} ${seen.issuer}, and its settings say ${expected}.`,
      remedy: `Restart ${name} with these settings, or correct ${name === 'identity' ? 'PUBLIC_URL' : 'ISSUER'}.`,
    },
  ];
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}
