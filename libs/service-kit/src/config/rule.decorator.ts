import { ValidateBy } from 'class-validator';
import type { ServiceConfig } from './service.config.js';

/**
 * What must hold of a setting beside others.
 *
 * @param holds sees the whole configuration, of which other settings may be wrong themselves
 * @param sentence what is wrong, beginning with `$property`, and without a value
 *
 * @example
 * @Rule<IdentityConfig>((config) => config.idleTtl <= config.absoluteTtl, '$property must not exceed ABSOLUTE_TTL')
 * idleTtl!: number;
 */
export function Rule<T extends ServiceConfig>(
  holds: (config: T) => boolean,
  sentence: string,
): PropertyDecorator {
  return ValidateBy({
    name: `rule: ${sentence}`,
    validator: {
      validate: (_, args) => holds(args!.object as T),
      defaultMessage: () => sentence,
    },
  });
}
