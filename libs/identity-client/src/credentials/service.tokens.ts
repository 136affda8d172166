import { Inject, Injectable } from '@nestjs/common';
import { IDENTITY_CLIENT_OPTIONS, type ResolvedOptions } from '../identity-client.options.js';
import { ServiceTokenSource } from './service-token.source.js';
import { TokenEndpoint } from './token.endpoint.js';

/** The service's own tokens: one for the usual audience, and one for each other audience that an upstream asks for. */
@Injectable()
export class ServiceTokens {
  readonly #sources = new Map<string | undefined, ServiceTokenSource>();

  constructor(
    private readonly endpoint: TokenEndpoint,
    @Inject(IDENTITY_CLIENT_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** @param audience as configured for an upstream; the usual one where there is none */
  for(audience?: string): ServiceTokenSource {
    const known = this.#sources.get(audience);
    if (known) return known;
    const source = new ServiceTokenSource(
      () => this.endpoint.clientCredentials(audience),
      this.options.clock,
    );
    this.#sources.set(audience, source);
    return source;
  }
}
