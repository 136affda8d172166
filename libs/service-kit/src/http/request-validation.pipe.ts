import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { ValidationFailed, type FieldErrors } from '@gatehouse/contracts';

/** Turns bodies, queries and params into their DTOs; unknown members are dropped, old clients send extras. */
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      transform: true,
      exceptionFactory: (errors) => new ValidationFailed(sentencesOf(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && metadata.metatype && this.toValidate(metadata) && !isObject(value)) {
      throw new ValidationFailed({ body: ['body must be an object'] });
    }
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function isObject(value: unknown): boolean {
  // No body at all is validated as an empty one, so that each missing member is named.
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

/**
 * What says the most: beside a sentence of the field's own, that of `ValidateNested` would say it once more, and
 * contradict it; and what is no whole number is neither too small nor too large.
 */
function sentences(path: string, { nestedValidation, isInt, ...own }: Record<string, string>): string[] {
  if (isInt !== undefined) return [isInt];
  if (nestedValidation === undefined || Object.keys(own).length > 0) return Object.values(own);
  return [`${path} must hold objects`];
}

/** Sentences by field; a nested field by its path, such as `auth.email`. */
function sentencesOf(errors: readonly ValidationError[], parent = ''): FieldErrors {
  const fields: FieldErrors = {};
  for (const { property, constraints, children } of errors) {
    const path = parent + property;
    if (constraints) fields[path] = sentences(path, constraints);
    Object.assign(fields, sentencesOf(children ?? [], `${path}.`));
  }
  return fields;
}
