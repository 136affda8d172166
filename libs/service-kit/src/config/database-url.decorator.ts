import { ValidateBy } from 'class-validator';
import { parseDatabaseUrl } from '../database/database.url.js';

/** A setting that {@link DatabaseModule} takes: `sqlite:<path>` or `mysql://user:password@host:port/schema`. */
export function DatabaseUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isDatabaseUrl',
    validator: {
      validate: (value) => typeof value === 'string' && parseDatabaseUrl(value) !== undefined,
      defaultMessage: () => '$property must be sqlite:<path> or mysql://user:password@host:port/schema',
    },
  });
}
