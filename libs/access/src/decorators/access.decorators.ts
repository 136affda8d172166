import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Scope } from '@gatehouse/contracts';
import { callerIn } from '../principal/caller.js';

export const OPENNESS = Symbol('openness');
export const REQUIRED_SCOPES = Symbol('required scopes');
export const REQUIRED_ROLES = Symbol('required roles');
export const REQUIRED_API_KEY = Symbol('required API key');

/**
 * Open to everyone: no credential is looked at, good or bad. Every route without this is guarded.
 *
 * @example
 * @Public()
 * @Post('user_token')
 * signIn(@Body() request: UserTokenRequest) {}
 */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(OPENNESS, 'public');

/**
 * A caller without a credential passes as nobody; one with a credential is checked like everywhere else, and a bad
 * one is refused. `@CurrentPrincipal()` is undefined for nobody.
 *
 * @example
 * @AllowAnonymous()
 * @Get('articles')
 * list(@CurrentPrincipal() caller: Principal | undefined) {}
 */
export const AllowAnonymous = (): MethodDecorator & ClassDecorator => SetMetadata(OPENNESS, 'anonymous');

/**
 * The token must carry all of these scopes, else 403 `insufficient_scope`. On a class and a method both count.
 *
 * @example
 * @RequireScope('articles:write')
 * @Post()
 * create() {}
 */
export const RequireScope = (...scopes: Scope[]): MethodDecorator & ClassDecorator =>
  SetMetadata(REQUIRED_SCOPES, scopes);

/**
 * The principal must have one of these roles, else 403 `forbidden`. On a class and a method both count.
 *
 * @example
 * @RequireScope('admin')
 * @RequireRole('admin')
 * @Controller('admin/users')
 * class UsersController {}
 */
export const RequireRole = (...roles: string[]): MethodDecorator & ClassDecorator =>
  SetMetadata(REQUIRED_ROLES, roles);

/**
 * The caller needs an API key and a bearer of the same user, else 401. On a class or a method.
 *
 * @example
 * @RequireApiKey()
 * @Get('api/articles')
 * list() {}
 */
export const RequireApiKey = (): MethodDecorator & ClassDecorator => SetMetadata(REQUIRED_API_KEY, true);

/**
 * The verified caller: of a request, of a message to a gateway, of a message of another transport.
 *
 * @example
 * @Get('me')
 * me(@CurrentPrincipal() principal: Principal) {}
 * @example
 * @SubscribeMessage('say')
 * say(@MessageBody() words: string, @CurrentPrincipal() speaker: Principal) {}
 */
export const CurrentPrincipal: () => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => callerIn(context),
);
