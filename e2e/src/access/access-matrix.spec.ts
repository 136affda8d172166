import { testDatabases } from '@gatehouse/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { asked, type Beginning } from './asked.js';
import { type Verdict, verdictFor } from './expected.answer.js';
import { type ListedRoute, listedRoutes } from './listed.routes.js';
import { type Principal, principalsFor } from './principals.js';

// A8: every route × every kind of principal × every scope, as docs/routes.md lists them. The kind of database plays no part.
describe('the access matrix', () => {
  let gatehouse: Gatehouse;

  beforeAll(async () => {
    gatehouse = await startGatehouse(testDatabases()[0]!);
  });
  afterAll(() => gatehouse?.stop());

  describe.each(['identity', 'articles', 'consumer'] as const)('of %s', (service) => {
    const routes = listedRoutes(service);

    it('is not empty', () => expect(routes.length).toBeGreaterThan(10));

    it.each(routes)('$method $path: $openness', async (route) => {
      const wrong: string[] = [];
      for (const principal of principalsFor(route)) {
        const due = verdictFor(route, principal);
        const told = await answerTo(gatehouse[service], route, principal);
        if (due !== undefined && told !== due) wrong.push(`${principal.who}: ${told} where ${due} is due`);
      }
      expect(wrong).toEqual([]);
    });
  });

  const answerTo = async (url: string, route: ListedRoute, principal: Principal): Promise<Verdict> => {
    const headers = await principal.headers(gatehouse.identity);
    return verdictOf(await asked(url + route.path.replace(/:\w+/g, '9999'), route.method, headers), route);
  };
});

/** An open route may refuse by itself, such as a wrong password; what it must not do is to ask for a token. */
function verdictOf({ status, challenged }: Beginning, { openness }: ListedRoute): Verdict {
  if (openness === 'public') return challenged ? '401' : 'passes';
  return status === 401 || status === 403 ? (String(status) as Verdict) : 'passes';
}
