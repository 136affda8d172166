import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CLIENT_OPTIONS, type ResolvedOptions } from '../identity-client.options.js';
import { Upstream } from './upstream.js';
import { UpstreamTransport } from './upstream.transport.js';

/** Every service that may be called: those that were configured, and identity. */
@Injectable()
export class Upstreams {
  readonly identity: Upstream;
  readonly #byName: ReadonlyMap<string, Upstream>;

  constructor(transport: UpstreamTransport, @Inject(IDENTITY_CLIENT_OPTIONS) options: ResolvedOptions) {
    this.identity = new Upstream('identity', { url: options.identityUrl }, transport);
    const upstreams = [...options.upstreams].map(
      ([name, known]) => [name, new Upstream(name, known, transport)] as const,
    );
    this.#byName = new Map(upstreams);
  }

  /** @throws TypeError when there is none of that name: no other address is ever called */
  get(name: string): Upstream {
    const upstream = this.#byName.get(name);
    if (!upstream) throw new TypeError(`No upstream "${name}" is configured.`);
    return upstream;
  }
}
