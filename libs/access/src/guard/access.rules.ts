import { type ExecutionContext, Injectable, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  OPENNESS,
  REQUIRED_API_KEY,
  REQUIRED_ROLES,
  REQUIRED_SCOPES,
} from '../decorators/access.decorators.js';

/**
 * What one handler asks of its caller.
 *
 * @example
 * const { openness, scopes } = rules.of(handler, Controller);
 */
export interface AccessRule {
  /** `guarded` unless a decorator says otherwise: default deny. */
  readonly openness: 'guarded' | 'public' | 'anonymous';
  readonly scopes: readonly string[];
  /** Of each list one role is needed. */
  readonly roles: readonly (readonly string[])[];
  /** Whether an API key must come along with the bearer. */
  readonly apiKey: boolean;
}

/**
 * What a class says of itself about who may come; undefined when nothing. Unlike what it requires, this is not
 * inherited: a class is open where that can be read on it.
 */
export function opennessOf(type: Type): AccessRule['openness'] | undefined {
  return Reflect.getOwnMetadata(OPENNESS, type) as AccessRule['openness'] | undefined;
}

type Handler = ReturnType<ExecutionContext['getHandler']>;

/**
 * The rules that the decorators of handlers and their classes make, each worked out once.
 *
 * @example
 * await runService({ …, access: (app) => app.get(AccessRules) }); // told in the OpenAPI document
 */
@Injectable()
export class AccessRules {
  private readonly rules = new Map<Type, Map<Handler, AccessRule>>();

  constructor(private readonly reflector: Reflector) {}

  /** The rule of a handler in its class; an inherited handler may have another one in another class. */
  of(handler: Handler, type: Type): AccessRule {
    let rulesOfType = this.rules.get(type);
    if (!rulesOfType) this.rules.set(type, (rulesOfType = new Map()));
    let rule = rulesOfType.get(handler);
    if (!rule) rulesOfType.set(handler, (rule = this.read(handler, type)));
    return rule;
  }

  private read(handler: Handler, type: Type): AccessRule {
    const { reflector } = this;
    const own = reflector.get<AccessRule['openness'] | undefined>(OPENNESS, handler);
    const scopes = reflector.getAll<(string[] | undefined)[]>(REQUIRED_SCOPES, [type, handler]);
    const roles = reflector.getAll<(string[] | undefined)[]>(REQUIRED_ROLES, [type, handler]);
    // What a handler requires itself counts for more than that its class is open.
    const requiresItself =
      scopes[1] !== undefined || roles[1] !== undefined || reflector.get(REQUIRED_API_KEY, handler) === true;
    const ofClass = requiresItself ? undefined : opennessOf(type);
    return {
      openness: own ?? ofClass ?? 'guarded',
      scopes: scopes.flatMap((list) => list ?? []),
      roles: roles.filter((list) => list !== undefined),
      apiKey: reflector.getAllAndOverride<boolean | undefined>(REQUIRED_API_KEY, [handler, type]) ?? false,
    };
  }
}
