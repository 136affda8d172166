import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Answer, send } from '../harness/http.js';
import { ADMIN, READER, tokenFor } from '../harness/sign-in.js';
import { createApiKey } from './api.key.js';
import { browserSession } from './browser.session.js';
import { CARRIERS, type CarrierCase, type Credentials, type Refusal } from './carriers.js';
import { CSRF_VALUES, type CsrfCase } from './csrf.values.js';

interface MethodCase {
  readonly method: string;
  readonly path: string;
  /** What it answers to who passes. */
  readonly passed: number;
  readonly safe: boolean;
}

const METHODS: MethodCase[] = [
  { method: 'GET', path: '/articles', passed: 200, safe: true },
  { method: 'HEAD', path: '/articles', passed: 200, safe: true },
  { method: 'POST', path: '/articles', passed: 201, safe: false },
  { method: 'PATCH', path: '/articles/9999', passed: 404, safe: false },
  { method: 'DELETE', path: '/articles/9999', passed: 404, safe: false },
  { method: 'PUT', path: '/articles/9999', passed: 405, safe: false },
];
const CASES = CARRIERS.flatMap((carrier) => METHODS.map((method) => ({ ...carrier, ...method })));

/** Status, code and the challenge's error. */
type Told = [status: number, code: string, error: string];
const REFUSED: Record<Refusal, Told> = {
  unauthenticated: [401, 'unauthenticated', 'none'],
  invalid_token: [401, 'invalid_token', 'invalid_token'],
  invalid_request: [400, 'invalid_request', 'invalid_request'],
};

describe.each(testDatabases())('carrier × method × CSRF value on $name', (kind) => {
  let gatehouse: Gatehouse;
  let credentials: Credentials;
  let othersCsrf: string;

  beforeAll(async () => {
    gatehouse = await startGatehouse(kind);
    const { identity } = gatehouse;
    const bearer = await tokenFor(identity, READER);
    credentials = {
      bearer,
      session: await browserSession(identity),
      key: (await createApiKey(identity, bearer, ['articles:read', 'articles:write'])).key,
      another: await tokenFor(identity, ADMIN),
    };
    othersCsrf = (await browserSession(identity)).csrf;
  });
  afterAll(() => gatehouse?.stop());

  const answerTo = (request: CarrierCase & MethodCase, csrf: CsrfCase) => {
    const { csrf: own } = credentials.session;
    const fields = [['title', 'by form'], ['body', ''], ...(csrf.fields?.(own) ?? [])] as [string, string][];
    return send(`${gatehouse.articles}${request.path}${request.query ?? ''}`, {
      method: request.method,
      headers: {
        ...request.headers(credentials),
        ...csrf.headers?.(own, othersCsrf),
        ...(!request.safe && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(!request.safe && { body: new URLSearchParams(fields).toString() }),
    });
  };

  it.each(CASES)('$method with $carrier: $outcome', async (request) => {
    for (const csrf of CSRF_VALUES) {
      const answer = await answerTo(request, csrf);
      expect([csrf.value, ...told(answer, request)]).toEqual([csrf.value, ...expected(request, csrf)]);
    }
  });
});

function expected({ method, outcome, passed, safe }: CarrierCase & MethodCase, csrf: CsrfCase): Told {
  if (passed === 405) return [405, 'method_not_allowed', 'no challenge']; // articles knows no PUT, and says so before it asks who is there
  const withoutBody = ([status, code, error]: Told): Told => [status, method === 'HEAD' ? '' : code, error];
  if (outcome in REFUSED) return withoutBody(REFUSED[outcome as Refusal]);
  const meant = safe || outcome === 'passes' || (outcome === 'needs the CSRF value' && csrf.good);
  if (!meant) return [403, 'csrf_failed', 'no challenge'];
  return [passed, passed === 404 ? 'not_found' : '', 'no challenge'];
}

function told({ status, text, headers }: Answer, { method }: MethodCase): Told {
  const challenge = headers['www-authenticate'];
  const error =
    challenge === undefined ? 'no challenge' : (/\berror="([^"]*)"/.exec(challenge)?.[1] ?? 'none');
  if (status < 400 || method === 'HEAD') return [status, '', error];
  return [status, (JSON.parse(text) as { code: string }).code, error];
}
