import { ROOT, Trouble } from '@gatehouse/workspace';
import { FsTree } from 'nx/src/generators/tree.js';
import pluralize from 'pluralize';
import { describe, expect, it } from 'vitest';
import serviceGenerator from './service.generator.ts';

/** What would be written for a service, by its path. */
async function filesOf(...names: string[]): Promise<Record<string, string>> {
  const tree = new FsTree(ROOT, false);
  for (const name of names) await serviceGenerator(tree, { name });
  return Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, content?.toString() ?? '']));
}

describe('the name of a new service', () => {
  it.each([
    ['users', 'identity has routes at /users'],
    ['sessions', 'identity has routes at /sessions'],
    ['signing-keys', 'identity has a table signing_keys'],
    ['articles', 'there is apps/articles'],
    ['identity', 'there is apps/identity'],
    ['access', 'there is libs/access'],
    ['docs', 'there is docs'],
    ['problems', 'there is libs/contracts/src/problems'],
    ['audit-events', 'identity has a table audit_events'],
    ['order', 'npm run new:service -- orders'],
    ['purchase-order', 'npm run new:service -- purchase-orders'],
    ['news', 'One and many of news are called the same'],
    ['promises', 'its code uses Promise for something else'],
    ['policies', 'its code uses Policy for something else'],
    ['strings', 'String is of JavaScript itself'],
    ['reflects', 'Reflect is of JavaScript itself'],
    ['Orders', 'is no name for a service'],
    ['purchase_orders', 'is no name for a service'],
    ['purchase--orders', 'is no name for a service'],
    ['1-orders', 'is no name for a service'],
    ['../orders', 'is no name for a service'],
    ['', 'is no name for a service'],
    ['orders-of-customers-in-other-cities', 'is too long'],
  ])('may not be %j', async (name, reason) => {
    const refusal = filesOf(name);
    await expect(refusal).rejects.toThrow(Trouble);
    await expect(refusal).rejects.toThrow(reason);
  });

  it.each([
    ['orders', 'Order', 'an order'],
    ['categories', 'Category', 'a category'],
    ['people', 'Person', 'a person'],
    ['posts', 'Post', 'a post'],
    ['union-members', 'UnionMember', 'a union member'],
    ['v2-invoices', 'V2Invoice', 'a v2 invoice'],
  ])('may be %s, which keep many of a %s', async (name, entity, inWords) => {
    const files = await filesOf(name);
    const sources = Object.entries(files).filter(([path]) => path.startsWith(`apps/${name}/`));
    const text = sources.map(([, source]) => source).join('\n');
    expect(text).toContain(`export class ${entity} {`);
    expect(text).toContain(`may do this to ${inWords}.`);
  });
});

/** ECMAScript's reserved words, those of strict code and of modules included, and the two that nothing may be bound to there. */
const RESERVED_WORDS =
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function ' +
  'if import in instanceof new null return super switch this throw true try typeof var void while with yield ' +
  'implements interface let package private protected public static arguments eval';

describe('a word that code cannot be written with', () => {
  it.each(RESERVED_WORDS.split(' ').flatMap((word) => [pluralize(word), `${word}s`]))(
    'names no service: %s',
    async (name) => await expect(filesOf(name)).rejects.toThrow(Trouble),
  );

  it.each([
    ['packages', 'package'],
    ['classes', 'class'],
    ['switches', 'switch'],
    ['privates', 'private'],
    ['yields', 'yield'],
    ['arguments', 'arguments'],
    ['implements', 'implements'],
  ])(
    'is told: %s',
    async (name, word) =>
      await expect(filesOf(name)).rejects.toThrow(
        `"${name}" cannot be a service: ${word} is a word of the language itself. Add a word to the name, such as stored-${name}.`,
      ),
  );
});

describe('a new service', () => {
  it('is entered everywhere, beside others that are new', async () => {
    const files = await filesOf('orders', 'purchase-orders');
    const portOf = (name: string) =>
      (JSON.parse(files[`apps/${name}/package.json`]!) as { gatehouse: { port: number } }).gatehouse.port;
    expect(portOf('purchase-orders')).toBeGreaterThan(portOf('orders'));
    expect(files['libs/contracts/src/identity/scopes.ts']).toMatch(
      /'account',\s+'orders:read',\s+'orders:write',\s+'purchase-orders:read',\s+'purchase-orders:write',?\s*\]/,
    );
    for (const place of [
      'libs/contracts/src/index.ts',
      'apps/identity/src/database/demo.accounts.ts',
      'tsconfig.build.json',
      'docker-compose.yml',
      'compose.production.yml',
      'compose.development.yml',
      'README.md',
      'ARCHITECTURE.md',
    ]) {
      expect(files[place]).toMatch(/[^-]orders/);
      expect(files[place]).toContain('purchase-orders');
    }
  });

  it('copies nothing of the libraries', async () => {
    const sources = Object.entries(await filesOf('orders')).filter(([path]) =>
      path.startsWith('apps/orders/'),
    );
    const text = sources.map(([, source]) => source).join('\n');
    expect(text).not.toMatch(/jsonwebtoken|passport|createVerify|jwks|Bearer '/i);
    expect(sources.filter(([, source]) => source.split('\n').length > 120)).toEqual([]);
  });
});
