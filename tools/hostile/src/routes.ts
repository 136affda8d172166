import type { Service } from './services.ts';

/** One operation of a service, as its own OpenAPI document tells it. */
export interface Route {
  readonly service: Service;
  readonly method: string;
  /** With its parameters in braces: `/articles/{id}`. */
  readonly path: string;
  /** Names of its query's parameters. */
  readonly query: readonly string[];
  /** Names of its body's members, where it takes one. */
  readonly members: readonly string[];
}

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  oneOf?: Schema[];
  allOf?: Schema[];
  anyOf?: Schema[];
}

interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation in a service's `/openapi.json`. */
export async function routesOf(service: Service): Promise<Route[]> {
  const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as Document;
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({
        service,
        method: method.toUpperCase(),
        path,
        query: (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
        members: membersOf(operation, document),
      })),
  );
}

/** `identity POST /users`: how tables and controls name it. */
export function nameOf({ service, method, path }: Route): string {
  return `${service.name} ${method} ${path}`;
}

function membersOf(operation: Operation, document: Document): string[] {
  const schemas = Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) => schema ?? []);
  return [...new Set(schemas.flatMap((schema) => namesIn(schema, document)))];
}

function namesIn(schema: Schema, document: Document): string[] {
  const target = schema.$ref && document.components?.schemas?.[schema.$ref.split('/').at(-1)!];
  const parts = [schema.oneOf, schema.allOf, schema.anyOf].flatMap((list) => list ?? []);
  if (target) parts.push(target);
  return [...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => namesIn(part, document))];
}
