import { ValidationFailed } from '@gatehouse/contracts';
import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

/** What was typed, held to the rules of the request over HTTP that says the same. @throws ValidationFailed */
export function validated<Request extends object>(request: Type<Request>, given: Partial<Request>): Request {
  const instance = plainToInstance(request, given);
  const errors = validateSync(instance);
  if (errors.length === 0) return instance;
  throw new ValidationFailed(
    Object.fromEntries(
      errors.map(({ property, constraints }) => [property, Object.values(constraints ?? {})]),
    ),
  );
}
