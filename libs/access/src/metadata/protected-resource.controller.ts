import { Controller, Get, Inject, Req, VERSION_NEUTRAL } from '@nestjs/common';
import { NotFound, ProtectedResourceMetadata } from '@gatehouse/contracts';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { Public } from '../decorators/access.decorators.js';
import { metadataUrl, resourceOf, WELL_KNOWN } from './resource.url.js';

// A resource with a path has it behind the well-known part (RFC 9728 §3.1); another path there is another resource.
// Written out, since Fastify and Express do not share a wildcard.
const ADDRESSES = [WELL_KNOWN, `${WELL_KNOWN}/:first`, `${WELL_KNOWN}/:first/:second`];

/** Tells clients whose tokens this service takes (RFC 9728). */
@Public()
@Controller({ version: VERSION_NEUTRAL }) // its address is RFC 9728's, whatever version the others are of
export class ProtectedResourceController {
  constructor(@Inject(ACCESS_OPTIONS) private readonly options: AccessOptions) {}

  @Get(ADDRESSES)
  metadata(@Req() request: GuardedRequest): ProtectedResourceMetadata {
    const resource = resourceOf(this.options, request);
    const asked = request.url.split('?', 1)[0]!;
    const isOurs =
      resource !== undefined && (asked === WELL_KNOWN || asked === new URL(metadataUrl(resource)).pathname);
    if (!isOurs) throw new NotFound();
    return this.document(resource);
  }

  private document(resource: string): ProtectedResourceMetadata {
    const { issuer, scopesSupported } = this.options;
    return {
      resource,
      authorization_servers: [issuer],
      ...(scopesSupported && { scopes_supported: scopesSupported }),
      bearer_methods_supported: ['header'],
    };
  }
}
