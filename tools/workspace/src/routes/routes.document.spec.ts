import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { App } from '../workspace/apps.ts';
import type { AppRoute } from './app.routes.ts';
import { routesDocument } from './routes.document.ts';

const app = { name: 'orders' } as App;
const list: AppRoute = {
  method: 'GET',
  path: '/orders',
  handler: 'OrdersController.list',
  access: { openness: 'guarded', scopes: ['orders:read'], roles: [['admin', 'clerk']], apiKey: false },
  guards: ['WeekdayGuard'],
};
const open: AppRoute = {
  ...list,
  access: { ...list.access!, openness: 'public', scopes: [], roles: [] },
  guards: [],
};
const backDoor: AppRoute = { method: 'GET', path: '/back-door', guards: [] };
const lineOf = (route: AppRoute): string =>
  routesDocument([{ app, routes: [route] }])
    .split('\n')
    .at(-2)!
    .replace(/ +/g, ' ');

describe('docs/routes.md', () => {
  it('tells in one line who may come, by which carriers, with which scopes and roles', () => {
    expect(lineOf(list)).toBe(
      '| GET | /orders | who has a token | bearer, cookie, apiKey | orders:read | admin or clerk | WeekdayGuard | OrdersController.list |',
    );
  });

  it('tells of a route that asks for a key and a bearer, and of one that takes nobody too', () => {
    expect(lineOf({ ...list, access: { ...list.access!, apiKey: true } })).toContain('| apiKey and bearer |');
    expect(lineOf({ ...list, access: { ...list.access!, openness: 'anonymous' } })).toContain(
      '| **nobody, too** |',
    );
  });

  // It is compared with what is committed: `npm run generate:check` fails until somebody has looked.
  it('differs by a line when a route was opened, or one was added that nobody declared', () => {
    expect(lineOf(open)).toContain('| **everyone** |');
    expect(lineOf(backDoor)).toContain('| **everyone**, no guard |');
    const before = routesDocument([{ app, routes: [list] }]);
    expect(routesDocument([{ app, routes: [list, backDoor] }])).not.toBe(before);
    expect(routesDocument([{ app, routes: [open] }])).not.toBe(before);
  });

  it('is laid out as prettier would', async () => {
    const document = routesDocument([{ app, routes: [list, open, backDoor] }]);
    const options = { parser: 'markdown', singleQuote: true, printWidth: 110 } as const;
    expect(await format(document, options)).toBe(document);
  });
});
