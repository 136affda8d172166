import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { describeService } from './openapi.document.js';

/** `GET /openapi.json`, and `GET /docs`: Swagger UI from files of its own. */
export function addOpenApiRoutes(app: NestFastifyApplication, name: string): void {
  SwaggerModule.setup('docs', app, () => describeService(app, name), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
  });
}
