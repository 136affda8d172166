import type { Check, Finding } from '../check.ts';
import type { ServiceSetup, Setup } from '../setup/setup.ts';

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.+\.(localhost|test))$/;

/** Browser sessions: identity sets a cookie that browsers keep, and every guard reads the one it sets. */
export const cookiesCheck: Check = {
  name: 'cookies',
  holds: 'every guard reads the session cookie that identity sets',
  look: (setup) => [
    ...ofIdentity(setup.identity),
    ...setup.guarded.flatMap((each) => otherDomain(each, setup)),
  ],
};

function ofIdentity(identity: ServiceSetup): Finding[] {
  const url = URL.parse(identity.setting('PUBLIC_URL') ?? '');
  if (!url) return [];
  if (url.protocol === 'https:' || LOCAL.test(url.hostname)) return [];
  return [
    {
      service: 'identity',
      cause: `Identity's PUBLIC_URL is ${url.origin}, without https: its cookie is called jwt, has no Secure, and can be read on the way.`,
      remedy: 'Put https in front and set PUBLIC_URL to it: the cookie is then __Host-jwt.',
    },
  ];
}

function otherDomain(service: ServiceSetup, { identity }: Setup): Finding[] {
  const [theirs, ours] = [identity, service].map((each) => each.setting('COOKIE_DOMAIN') ?? '');
  if (theirs === ours) return [];
  return [
    {
      service: service.name,
      cause: `COOKIE_DOMAIN is ${theirs || 'not set'} at identity and ${ours || 'not set'} at ${service.name}: they know the session cookie by different names over https.`,
      remedy: 'Set COOKIE_DOMAIN once, for all of them.',
    },
  ];
}
