import { Injectable } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { AccessMisconfigured } from '../errors/access-misconfigured.error.js';
import { type AccessRule, opennessOf } from '../guard/access.rules.js';

type Openness = AccessRule['openness'];

/** What `@WebSocketGateway()` leaves on a class. */
const IS_GATEWAY = 'websockets:is_gateway';
const OPTIONS = 'websockets:gateway_options';
const PORT = 'port';

const STRICTEST_FIRST: readonly Openness[] = ['guarded', 'anonymous', 'public'];

/** The gateways of the application. */
@Injectable()
export class Gateways {
  private readonly classes: readonly (new () => object)[];

  /** @throws AccessMisconfigured when one listens on a port of its own: no handshake there comes past us */
  constructor(
    modules: ModulesContainer,
    private readonly reflector: Reflector,
  ) {
    this.classes = gatewaysIn(modules);
    const astray = this.classes.filter((type) => Reflect.getMetadata(PORT, type));
    if (astray.length > 0) throw new AccessMisconfigured(astray.map(remedyFor));
  }

  /**
   * Who may open a socket at this path: what the gateways there say on their classes. They hear what all who are
   * connected there hear, so the strictest decides; where there is none, nobody is let in without a credential.
   */
  opennessAt(path: string): Openness {
    const open = this.classes
      .filter((type) => pathOf(this.reflector.get<{ path?: string } | undefined>(OPTIONS, type)) === path)
      .map((type) => opennessOf(type) ?? 'guarded');
    return STRICTEST_FIRST.find((openness) => open.includes(openness)) ?? 'guarded';
  }
}

/** The classes of the application that are gateways. */
export function gatewaysIn(modules: ModulesContainer): (new () => object)[] {
  return [...modules.values()]
    .flatMap(({ providers }) => [...providers.values()])
    .map(({ metatype }) => metatype)
    .filter(
      (type): type is new () => object => typeof type === 'function' && Reflect.hasMetadata(IS_GATEWAY, type),
    );
}

function pathOf(options: { path?: string } = {}): string {
  return `/${(options.path ?? '').replace(/^\/+|\/+$/g, '')}`;
}

function remedyFor({ name }: { name: string }): string {
  return `${name}: leave out its port, so that handshakes reach it through the service's own`;
}
