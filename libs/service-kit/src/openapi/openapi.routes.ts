import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { type DescribedService, describeService } from './openapi.document.js';

/** `GET /openapi.json`, and `GET /docs`: Swagger UI from files of its own. */
export function addOpenApiRoutes(app: NestFastifyApplication, service: DescribedService): void {
  SwaggerModule.setup('docs', app, () => describeService(app, service), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
  });
}
