import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, IS_OPTIONAL } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';

type Dto = new () => object;

const described = new WeakSet<Dto>();

/** Tells Swagger of every DTO what class-validator knows: contracts carry one set of decorators, not two. */
export function describeDtos(): void {
  const classes = getMetadataStorage()['validationMetadatas'] as Map<Dto, unknown>;
  for (const Class of classes.keys()) {
    if (!described.has(Class)) describe(Class);
    described.add(Class);
  }
}

function describe(Class: Dto): void {
  const { properties = {}, required = [] } = targetConstructorToSchema(Class, {
    classTransformerMetadataStorage: defaultMetadataStorage,
  });
  for (const [property, schema] of Object.entries(properties)) {
    // What a class says for itself, in Swagger's own words, stays.
    if (Reflect.hasMetadata('swagger/apiModelProperties', Class.prototype, property)) continue;
    const type = nestedType(Class, property);
    const options = {
      ...(type ? { type } : schema),
      required: required.includes(property),
      ...(mayBeNull(Class, property) && { nullable: true }),
    };
    ApiProperty(options as ApiPropertyOptions)(Class.prototype, property);
  }
}

/** As class-validator's `IsOptional` has it: undefined and null pass alike. */
function mayBeNull(Class: Dto, property: string): boolean {
  return getMetadataStorage()
    .getTargetValidationMetadatas(Class, '', true, false)
    .some((metadata) => metadata.propertyName === property && metadata.name === IS_OPTIONAL);
}

/** The class of a nested object, in an array where there is a list of them, as class-transformer's `@Type` has it. */
function nestedType(Class: Dto, property: string): Dto | [Dto] | undefined {
  const metadata = defaultMetadataStorage.findTypeMetadata(Class, property);
  const type = metadata?.typeFunction() as Dto | undefined;
  if (
    !metadata ||
    !type ||
    !getMetadataStorage().getTargetValidationMetadatas(type, '', true, false).length
  ) {
    return undefined;
  }
  return metadata.reflectedType === Array ? [type] : type;
}
