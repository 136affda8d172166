import type { Schemas } from './openapi.types.js';

type Schema = Exclude<Schemas[string], { $ref: string }>;

/** Values that mean something, by the member's name. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  email: 'reader@example.com',
  password: 'seven blue umbrellas',
  current_password: 'opensesame-please',
  token: 'Zm9yIHRoaXMgcGFnZSBvbmx5',
  refresh_token: 'Zm9yIHRoaXMgcGFnZSBvbmx5',
  locale: 'en',
  scopes: ['articles:read'],
  audiences: ['gatehouse'],
  roles: ['admin'],
  id: 'orders',
  title: 'first article',
  body: 'first article body',
  name: 'nightly script',
  expires_at: '2030-01-01T00:00:00.000Z',
};

/** An example of what a schema allows: what its members are called decides, then what they may be. */
export function exampleOf(schema: Schemas[string], schemas: Schemas, name = ''): unknown {
  if ('$ref' in schema) return exampleOf(schemas[schema.$ref.split('/').at(-1)!]!, schemas, name);
  const { type, properties, example, enum: choices, items } = schema;
  if (example !== undefined) return example;
  if (properties) return membersOf(properties, schemas);
  if (choices) return choices[0];
  if (name in BY_NAME) return BY_NAME[name];
  if (type === 'array') return items ? [exampleOf(items, schemas)] : [];
  return plainExample(schema);
}

function membersOf(properties: Schemas, schemas: Schemas): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([member, schema]) => [member, exampleOf(schema, schemas, member)]),
  );
}

function plainExample({ type, minimum = 1 }: Schema): unknown {
  switch (type) {
    case 'integer':
    case 'number':
      return minimum;
    case 'boolean':
      return true;
    case 'object':
      return {};
    default:
      return 'text';
  }
}
