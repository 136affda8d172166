import { applyDecorators } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { Setting } from './setting.decorator.js';

/**
 * The setting `REDIS_URL`, which means one and the same server to every service that has it; each keeps to names of its
 * own in it.
 *
 * @example
 * class ShopConfig extends ServiceConfig {
 *   @RedisUrl()
 *   redisUrl?: string;
 * }
 */
export function RedisUrl(): PropertyDecorator {
  return applyDecorators(
    Setting({
      name: 'REDIS_URL',
      describe:
        'A Valkey or Redis that replicas share: identity counts attempts in it, consumer keeps answers. Without one each replica has its memory.',
      example: 'redis://localhost:6379',
    }),
    IsOptional(),
    Matches(/^rediss?:\/\/[^\s/]+/, { message: '$property must be a URL such as redis://localhost:6379' }),
  );
}
