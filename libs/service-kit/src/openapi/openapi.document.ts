import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Problem, PROBLEM_MEDIA_TYPE } from '@gatehouse/contracts';
import { describeDtos } from './dto.schemas.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** The service's OpenAPI document, built from its controllers and the DTOs they take and give. */
export function describeService(app: NestFastifyApplication, name: string): OpenAPIObject {
  describeDtos();
  const config = new DocumentBuilder()
    .setTitle(name)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [Problem] });
  addProblemResponses(document);
  return document;
}

/** Every operation may fail, and does so in one format. */
function addProblemResponses(document: OpenAPIObject): void {
  const schema = { $ref: '#/components/schemas/Problem' };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const responses = path[method]?.responses;
      if (responses) {
        responses['default'] ??= {
          description: 'A problem (RFC 9457)',
          content: { [PROBLEM_MEDIA_TYPE]: { schema } },
        };
      }
    }
  }
}
