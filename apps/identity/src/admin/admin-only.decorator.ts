import { RequireRole, RequireScope } from '@gatehouse/access';
import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { PageInterceptor } from './page.interceptor.js';

/** For admins alone: the token needs the scope, and its user the role, which no service has. */
export const AdminOnly = (): ClassDecorator =>
  applyDecorators(
    RequireScope('admin'),
    RequireRole('admin'),
    UseInterceptors(PageInterceptor),
    ApiTags('admin'),
    ApiBearerAuth('bearer'),
  );
