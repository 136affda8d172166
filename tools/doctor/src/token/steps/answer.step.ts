import { ask, type Reply } from '../../setup/reply.ts';
import type { Explanation, Step } from '../explanation.ts';
import { guardedPath } from '../guarded.path.ts';
import type { TokenCase } from '../token.case.ts';

const SAFE = /^(GET|HEAD)$/;

/**
 * What the service itself answers. An unsafe method is asked for with the cookie and without the CSRF value alone, so
 * that it is refused before it does anything; with a bearer a GET tells as much.
 */
export const answerStep: Step = async (of) => {
  const { service, token, cookie } = of.question;
  const path = of.question.path ?? (await guardedPath(service));
  const method = SAFE.test(of.question.method) || cookie ? of.question.method : 'GET';
  const credential = cookie
    ? { cookie: `${await cookieName(of)}=${token}` }
    : { authorization: `Bearer ${token}` };
  const reply = await ask(`${service}${path}`, { method, headers: credential });
  return explanationOf(reply, of, `${method} ${path}`);
};

function explanationOf(reply: Reply, of: TokenCase, asked: string): Explanation {
  const { code } = reply.json<{ code?: string }>() ?? {};
  const { scope = '' } = of.opened!.claims as { scope?: string };
  if (reply.status === 401) return unexplained(of, asked);
  if (code === 'insufficient_scope') {
    const needed = /scope="([^"]*)"/.exec(String(reply.headers['www-authenticate']))?.[1];
    const cause = `The token is good, and ${asked} needs ${needed ?? 'another scope'}; it has ${scope || 'none'}.`;
    return { reason: 'missing-scope', cause, remedy: 'Ask for that scope, as somebody who may have it.' };
  }
  if (code === 'csrf_failed') {
    const cause = `The token is good, and ${asked} carried by the cookie needs the CSRF value besides.`;
    return {
      reason: 'csrf',
      cause,
      remedy: 'Send the value of the cookie XSRF-TOKEN in the header X-CSRF-Token.',
    };
  }
  if (reply.status === 403) return missingRole(asked);
  return reply.status === 503 ? notSynced(of) : accepted(reply, asked);
}

function unexplained({ question, service }: TokenCase, asked: string): Explanation {
  return {
    reason: 'unexplained',
    cause: `By all that ${question.service} and its issuer publish the token is good, and ${asked} is answered 401.`,
    remedy: `The service runs with other settings than these, or another service is there. Its log says "refused a token: …"${service ? `, in .data/logs/${service.name}.log` : ''}.`,
  };
}

function missingRole(asked: string): Explanation {
  return {
    reason: 'missing-role',
    cause: `The token is good, and ${asked} is for another role or for the owner alone.`,
    remedy: 'Sign in as somebody who may do it.',
  };
}

function notSynced({ question }: TokenCase): Explanation {
  return {
    reason: 'not-synced',
    cause: `The token is good, and ${question.service} does not know yet what was revoked or by which keys tokens are signed: it refuses everybody with 503.`,
    remedy: 'See that it reaches identity: `npm run doctor` without a token names what is in the way.',
  };
}

function accepted({ status }: Reply, asked: string): Explanation {
  return {
    reason: 'accepted',
    cause: `The service takes the token: ${asked} is answered ${status}.`,
    remedy: 'Nothing is to be done.',
  };
}

async function cookieName({ issuer, service }: TokenCase): Promise<string> {
  const { sessionCookieName } = await import('@gatehouse/contracts');
  return sessionCookieName({ issuer, cookieDomain: service?.setting('COOKIE_DOMAIN') });
}
