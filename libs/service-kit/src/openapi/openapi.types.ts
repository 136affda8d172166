import type { OpenAPIObject } from '@nestjs/swagger';

/** What one method does at one address. */
export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** One answer of an operation, where it is written out. */
export type Response = Exclude<NonNullable<Operation['responses'][string]>, { $ref: string }>;

type Components = NonNullable<OpenAPIObject['components']>;

/** By their names. */
export type Schemas = NonNullable<Components['schemas']>;
/** By their names. */
export type Headers = NonNullable<Components['headers']>;
/** By their names. */
export type SecuritySchemes = NonNullable<Components['securitySchemes']>;
