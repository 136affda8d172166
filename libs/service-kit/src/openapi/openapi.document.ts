import { readFileSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Problem, ProtectedResourceMetadata } from '@gatehouse/contracts';
import type { ServiceConfig } from '../config/service.config.js';
import { securityHeaders } from '../headers/security.headers.js';
import type { ServiceDescription } from '../http/service.options.js';
import { nestHandlers } from '../routes/nest.handlers.js';
import type { RouteAccess } from '../routes/route.access.js';
import { ANSWER_HEADERS, headersEverywhere } from './answer.headers.js';
import { describeDtos } from './dto.schemas.js';
import { addErrorResponses } from './error.responses.js';
import type { Operation } from './openapi.types.js';
import { demandsOf, requirementsOf, SECURITY_SCHEMES } from './operation.security.js';
import { exampleOf } from './request.examples.js';
import { addForm } from './request.forms.js';
import { addOwnAnswer } from './success.responses.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** What a service's description is made from, beside its controllers; without `access` it tells nothing of credentials. */
export type DescribedService = Omit<ServiceDescription<ServiceConfig>, 'module'>;

/** The service's OpenAPI document, built from its controllers, its guard and the DTOs they take and give. */
export function describeService(app: NestFastifyApplication, service: DescribedService): OpenAPIObject {
  describeDtos();
  const { errorFormats = [], access } = service;
  const bodies = errorFormats.flatMap(({ body }) => body ?? []);
  const document = SwaggerModule.createDocument(app, identified(service), {
    extraModels: [Problem, ProtectedResourceMetadata, ...bodies],
    operationIdFactory: operationId,
  });
  document.components = {
    ...document.components,
    securitySchemes: SECURITY_SCHEMES,
    headers: ANSWER_HEADERS,
  };
  Object.assign(document.info, { 'x-headers-on-every-answer': headersEverywhere(securityHeaders('https:')) });
  const routes = nestHandlers(app).map(
    (each) => [operationId(each.controller.name, each.name), each] as const,
  );
  const handlers = new Map(routes);
  const source = access?.(app);
  for (const [path, operation] of operationsOf(document)) {
    const route = handlers.get(operation.operationId!.replace(/\[\d+\]$/, ''));
    const rule = route && source?.of(route.handler, route.controller);
    if (rule) addAccess(operation, rule);
    if (route) addOwnAnswer(operation, route, document);
    if (route) addForm(operation, route, document);
    withoutNull(operation);
    addPathParameters(path, operation);
    addErrorResponses(path, operation, rule, errorFormats);
    addExample(operation, document);
  }
  return document;
}

/** The id of an operation; those of one method at several addresses differ by what Swagger adds in brackets. */
function operationId(controller: string, method: string): string {
  return `${controller}_${method}`;
}

/** A document without operations: of which service, and of which version. */
function identified({ name, manifest }: DescribedService): ReturnType<DocumentBuilder['build']> {
  const builder = new DocumentBuilder().setTitle(name);
  if (!manifest) return builder.build();
  const { version, description } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>;
  return builder
    .setVersion(version!)
    .setDescription(description ?? '')
    .build();
}

function operationsOf({ paths }: OpenAPIObject): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [[path, item[method]] as [string, Operation]] : [])),
  );
}

function addAccess(operation: Operation, rule: RouteAccess): void {
  const own = operation.security?.some((requirement) => 'client' in requirement);
  if (!own) operation.security = requirementsOf(rule);
  const demands = demandsOf(rule);
  if (demands) operation.description = [operation.description, demands].filter(Boolean).join(' ');
}

/** An address cannot say null. */
function withoutNull({ parameters = [] }: Operation): void {
  for (const parameter of parameters) {
    if ('schema' in parameter && parameter.schema && 'nullable' in parameter.schema)
      delete parameter.schema.nullable;
  }
}

/** Those that a handler reads from the address by itself. */
function addPathParameters(path: string, operation: Operation): void {
  const declared = (operation.parameters ?? []).flatMap((parameter) =>
    'name' in parameter ? parameter.name : [],
  );
  for (const [, name] of path.matchAll(/\{([^}]+)\}/g)) {
    if (declared.includes(name!)) continue;
    const parameter = {
      name: name!,
      in: 'path' as const,
      required: true,
      schema: { type: 'string' as const },
    };
    operation.parameters = [...(operation.parameters ?? []), parameter];
  }
}

function addExample({ requestBody }: Operation, { components }: OpenAPIObject): void {
  if (!requestBody || '$ref' in requestBody) return;
  for (const content of Object.values(requestBody.content)) {
    if (content.schema) content.example ??= exampleOf(content.schema, components?.schemas ?? {});
  }
}
