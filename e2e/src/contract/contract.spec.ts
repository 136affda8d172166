import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controls, type Service } from '@gatehouse/hostile';
import { testDatabases } from '@gatehouse/service-kit/testing';
import { ROOT } from '@gatehouse/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gatehouse, startGatehouse } from '../harness/gatehouse.js';
import { type Answer, send } from '../harness/http.js';
import { ADMIN, READER, tokenFor } from '../harness/sign-in.js';
import { attemptsAt } from './attempts.js';
import { type DescribedService, describedService, type Operation } from './described.service.js';
import { Undeclared } from './undeclared.js';

/** Whom administration is tried on. */
const VICTIM = 'victim@example.com';
/** What lists are of, as far as it is looked at. */
interface Item {
  readonly id?: string | number;
  readonly kid?: string;
  readonly email?: string;
}

const NAMES = ['articles', 'consumer', 'identity'] as const;
/** They last until their token ends. */
const STREAMS = ['/revocations'];
/** Addresses of a resource that has a path, which none has here. */
const NOWHERE = /^GET \/\.well-known\/oauth-protected-resource\/\{/;
/** What ends sessions, keys and people comes last, so that the others meet what they need. */
const ENDING = /retire|password|logout|revoke/;

describe('the OpenAPI documents', () => {
  let gatehouse: Gatehouse;
  let services: Service[];
  let controls: Controls;
  const covered: Record<
    string,
    { operations: number; answers: number; successes: number; statuses: number }
  > = {};

  beforeAll(async () => {
    gatehouse = await startGatehouse(testDatabases()[0]!);
    services = NAMES.map((name) => ({ name, url: gatehouse[name] }));
    controls = new Controls(services);
    const bearer = await tokenFor(gatehouse.identity, ADMIN);
    const body = { email: VICTIM, roles: [] };
    await send(`${gatehouse.identity}/admin/users`, { method: 'POST', bearer, body });
  });
  afterAll(async () => {
    await gatehouse?.stop();
    console.log('OpenAPI coverage', JSON.stringify(covered));
  });

  describe.each(NAMES)('of %s', (name) => {
    let service: DescribedService;
    let undeclared: Undeclared;

    beforeAll(async () => {
      service = await describedService(gatehouse[name]);
      undeclared = new Undeclared(service);
    });

    it('declare every status, type, body and header of every answer', async () => {
      const flaws = new Set<string>();
      const seen = new Map(service.operations.map((operation) => [titleOf(operation), new Set<number>()]));
      const note = (operation: Operation, answer: Answer) => {
        seen.get(titleOf(operation))!.add(answer.status);
        for (const flaw of undeclared.in(operation, answer)) flaws.add(`${titleOf(operation)}: ${flaw}`);
      };
      // Good requests first: what comes after may end the clients and sessions that they are good by.
      for (const operation of service.operations) {
        const answer = await controls.answerOf({ service: serviceOf(name), ...operation });
        if (answer) note(operation, { ...answer, json: () => JSON.parse(answer.text) });
      }
      const ordered = service.operations.toSorted((one, other) => lateness(one) - lateness(other));
      for (const operation of ordered.filter(({ path }) => !STREAMS.includes(path)))
        for await (const answer of answersOf(name, operation)) note(operation, answer);
      const all = [...seen.values()].flatMap((statuses) => [...statuses]);
      const failing = [...seen].filter(([, statuses]) => ![...statuses].some((status) => status < 300));
      covered[name] = {
        operations: seen.size,
        answers: all.length,
        successes: seen.size - failing.length,
        statuses: new Set(all).size,
      };
      expect([...flaws]).toEqual([]);
      expect(failing.map(([title]) => title).filter((title) => !NOWHERE.test(title))).toEqual([]);
    }, 240_000);

    it('have examples that their schemas allow', () => {
      const contents = service.operations.flatMap(({ method, path, requestBody }) =>
        Object.values(requestBody?.content ?? {}).map((content) => ({
          title: `${method} ${path}`,
          ...content,
        })),
      );
      const flaws = contents.flatMap(({ title, schema, example }) =>
        undeclared.flawsOf(schema!, example).map((flaw) => `${title}: ${flaw}`),
      );
      expect(flaws).toEqual([]);
    });

    it('say what they are of', () => {
      const { version, description } = JSON.parse(
        readFileSync(join(ROOT, 'apps', name, 'package.json'), 'utf8'),
      ) as Record<string, string>;
      expect(service.document.info).toMatchObject({ title: name, version, description });
    });

    it('say of every operation who may call it', () => {
      expect(service.operations.filter(({ security }) => security === undefined)).toEqual([]);
    });

    it('are missed by an answer of another shape', () => {
      const operation = service.operations.find(
        ({ responses }) => responses['200']?.content?.['application/json'],
      )!;
      const odd = {
        status: 200,
        headers: { 'content-type': 'application/json', 'x-odd': '1' },
        text: '{"odd":1}',
        json: () => ({ odd: 1 }),
      };
      expect(undeclared.in(operation, { ...odd, status: 418 } as never)).toEqual([
        expect.stringContaining('418'),
      ]);
      expect(undeclared.in(operation, odd as never).length).toBeGreaterThan(1);
    });
  });

  const serviceOf = (name: string) => services.find((each) => each.name === name)!;

  /** To requests of every kind. */
  async function* answersOf(name: (typeof NAMES)[number], operation: Operation): AsyncGenerator<Answer> {
    for (const { path, ...outgoing } of attemptsAt(operation, await bearers(), await placeFor(operation))) {
      const answer = await send(gatehouse[name] + path, outgoing).catch(hungUp);
      if (answer) yield answer;
    }
  }

  const bearers = async () => [
    undefined,
    'garbage',
    await tokenFor(gatehouse.identity, READER),
    await tokenFor(gatehouse.identity, ADMIN),
  ];

  /** What stands for the parameters of a path: the latest of the list that it belongs to. */
  const placeFor = async ({ path }: Operation) => {
    const list = path.split('/{')[0]!;
    const base = list.startsWith('/articles') ? gatehouse.articles : gatehouse.identity;
    const answer = await send(base + list, { bearer: await tokenFor(gatehouse.identity, ADMIN) });
    if (!path.includes('{') || !answer.text.startsWith('[')) return 'nope';
    const items = answer.json<Item[] & Record<string, unknown>>();
    const { id, kid } = items.find(({ email = VICTIM }) => email === VICTIM) ?? {};
    return String(id ?? kid ?? 'nope');
  };
});

function titleOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function lateness({ method, path }: Operation): number {
  // With a new password nobody signs in any more who knows the old one.
  if (path === '/me/password') return 3;
  if (method === 'DELETE') return 2;
  return ENDING.test(path) ? 1 : 0;
}

/** Of a body that is too large Node closes the connection while it is still being sent. */
function hungUp(error: unknown): undefined {
  if (!['EPIPE', 'ECONNRESET'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
}
