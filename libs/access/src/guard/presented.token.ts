import type { ExecutionContext } from '@nestjs/common';
import type { TokenVerifier } from '@gatehouse/tokens';
import type { Principal } from '../principal/principal.js';
import type { Authority } from './authority.js';

/**
 * A token on its way through passport, in place of the request that carries it, and with all that differs per
 * application: passport keeps one strategy of a name per process.
 *
 * Passport assigns closures to what it derives per request, and V8 allocates functions assigned to a property among
 * the long-lived objects. A request they closed over would stay until the next full collection, and teach V8 to
 * allocate other parts of requests there as well: then every request costs several microseconds more.
 */
export class PresentedToken {
  /** Set by our strategy alone. */
  principal?: Principal;

  constructor(
    readonly token: string,
    readonly authority: Authority,
  ) {}

  get verifier(): TokenVerifier {
    return this.authority.verifier;
  }

  /** All that AuthGuard asks of a context. */
  switchToHttp(): ReturnType<ExecutionContext['switchToHttp']> {
    const itself = <T>(): T => this as unknown as T;
    return { getRequest: itself, getResponse: itself, getNext: itself };
  }
}
