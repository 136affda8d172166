import { send } from './http.js';

/** One operation of a service, as its own OpenAPI document tells it. */
export interface Route {
  readonly method: string;
  /** With its parameters in braces: `/articles/{id}`. */
  readonly path: string;
  /** The names of its body's properties, where it takes one. */
  readonly properties: readonly string[];
}

interface Schema {
  $ref?: string;
  properties?: Record<string, unknown>;
  oneOf?: Schema[];
  allOf?: Schema[];
  anyOf?: Schema[];
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

interface Operation {
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

/** Every operation in a service's `/openapi.json`. */
export async function routesOf(service: string): Promise<Route[]> {
  const document = (await send(`${service}/openapi.json`)).json<Document & Record<string, unknown>>();
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      properties: propertiesOf(operation, document),
    })),
  );
}

function propertiesOf(operation: Operation, document: Document): string[] {
  const schemas = Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) => schema ?? []);
  return [...new Set(schemas.flatMap((schema) => namesIn(schema, document)))];
}

function namesIn(schema: Schema, document: Document): string[] {
  const target = schema.$ref && document.components?.schemas?.[schema.$ref.split('/').at(-1)!];
  const parts = [
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(target ? [target] : []),
  ];
  return [...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => namesIn(part, document))];
}
