import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { AccessMisconfigured } from '../errors/access-misconfigured.error.js';
import { markedHandlersIn } from '../handlers/marked.handlers.js';
import { MESSAGE_PATTERN } from '../messages/guarded.handlers.js';
import { gatewaysIn } from '../websockets/gateways.js';

/** Sees to it that there is nothing but requests to guard: about a message identity is not asked. */
@Injectable()
export class RequestsAlone {
  /** @throws AccessMisconfigured naming every gateway and every controller with message handlers */
  constructor(modules: ModulesContainer) {
    const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
    const handling = controllers.flatMap(({ metatype }) =>
      typeof metatype === 'function' &&
      markedHandlersIn(metatype.prototype as object, MESSAGE_PATTERN).length > 0
        ? [metatype]
        : [],
    );
    const unguarded = [...gatewaysIn(modules), ...handling];
    if (unguarded.length === 0) return;
    throw new AccessMisconfigured(
      unguarded.map(
        ({ name }) => `${name}: guard messages by AccessModule; RemoteIdentityModule is for requests alone`,
      ),
    );
  }
}
