import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Injectable,
  Module,
  Param,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Unavailable, UserTokenRequest, DomainError } from '@gatehouse/contracts';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, Length, Min, ValidateNested } from 'class-validator';
import type { CanActivate } from '@nestjs/common';
import { currentRequest } from './request.context.js';

class Part {
  @IsString()
  @Length(1, 20)
  name!: string;
}

export class Thing {
  @IsString()
  @Length(1, 20)
  name!: string;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts?: Part[];
}

class ThingQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  limit?: number;
}

class Unauthenticated extends DomainError {
  readonly code = 'unauthenticated';
}

@Controller('things')
class ThingsController {
  @Get()
  list(@Query() query: ThingQuery): unknown {
    return { limit: query.limit ?? null };
  }

  @Post()
  add(@Body() thing: Thing): unknown {
    return thing;
  }

  @Get('special')
  special(): string {
    return 'special';
  }

  @Get(':id')
  show(@Param('id') id: string): unknown {
    return { id };
  }

  @Delete(':id')
  @HttpCode(204)
  remove(): void {}
}

@Controller()
class OddController {
  @Post('user_token')
  signIn(@Body() request: UserTokenRequest): unknown {
    return { email: request.auth.email };
  }

  @Post('context')
  context(): unknown {
    return currentRequest();
  }

  @Post('door/echo')
  echo(@Body() body: unknown): unknown {
    return { body };
  }

  @Get(['broken', 'door/broken'])
  broken(): never {
    throw new Error('SELECT password FROM users', { cause: new Error('at /srv/app/users.ts') });
  }

  @Get('away')
  away(): never {
    throw new Unavailable(undefined, { cause: new Error('the database is gone'), retryAfter: 7 });
  }

  @Get('address')
  address(@Req() { ip }: { ip: string }): string {
    return ip;
  }
}

/** Lets everyone in but those who ask to be refused, and names a principal like a real guard does. */
@Injectable()
class FixtureGuard implements CanActivate {
  canActivate(context: { switchToHttp(): { getRequest(): FixtureRequest } }): boolean {
    const request = context.switchToHttp().getRequest();
    if (request.headers['x-refuse']) throw new Unauthenticated('Sign in first.');
    request.user = { id: 'usr_1' };
    return true;
  }
}

interface FixtureRequest {
  headers: Record<string, unknown>;
  user?: { id: string };
}

/** An app with a route for each thing that can go wrong. */
@Module({
  controllers: [ThingsController, OddController],
  providers: [{ provide: APP_GUARD, useClass: FixtureGuard }],
})
export class ThingsModule {}
