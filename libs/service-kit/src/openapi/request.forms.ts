import type { OpenAPIObject } from '@nestjs/swagger';
import type { NestHandler } from '../routes/nest.handlers.js';
import type { Operation, Schemas } from './openapi.types.js';

const FORM = 'application/x-www-form-urlencoded';
/** Where `@ApiConsumes()` keeps what it says. */
const CONSUMES = 'swagger/apiConsumes';

/** Every route takes forms as it takes JSON, as far as a form can say what it wants; what one says for itself stays. */
export function addForm(
  { requestBody }: Operation,
  { handler }: NestHandler,
  { components }: OpenAPIObject,
): void {
  if (!requestBody || '$ref' in requestBody || Reflect.hasMetadata(CONSUMES, handler)) return;
  const { schema } = requestBody.content['application/json'] ?? {};
  if (!schema || !isFlat(schema, components?.schemas ?? {})) return;
  requestBody.content = { [FORM]: { schema }, ...requestBody.content };
}

/** A form has names and texts. */
function isFlat(schema: Schemas[string], schemas: Schemas): boolean {
  if ('$ref' in schema) return isFlat(schemas[schema.$ref.split('/').at(-1)!]!, schemas);
  const members = Object.values(schema.properties ?? {});
  return members.length > 0 && members.every((member) => 'type' in member && member.type === 'string');
}
