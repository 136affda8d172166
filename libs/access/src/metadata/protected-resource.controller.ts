import { Controller, Get, Inject, Req } from '@nestjs/common';
import { NotFound } from '@gatehouse/contracts';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options.js';
import type { GuardedRequest } from '../carriers/guarded.request.js';
import { Public } from '../decorators/access.decorators.js';
import { resourceOf, WELL_KNOWN } from './resource.url.js';

/** The document of RFC 9728 §2. */
export interface ProtectedResourceMetadata {
  resource: string;
  authorization_servers: string[];
  scopes_supported?: readonly string[];
  bearer_methods_supported: ['header'];
}

/** Tells clients whose tokens this service takes (RFC 9728). */
@Public()
@Controller()
export class ProtectedResourceController {
  constructor(@Inject(ACCESS_OPTIONS) private readonly options: AccessOptions) {}

  @Get(WELL_KNOWN)
  metadata(@Req() request: GuardedRequest): ProtectedResourceMetadata {
    const resource = resourceOf(this.options, request);
    if (resource === undefined) throw new NotFound();
    return this.document(resource);
  }

  /** The same with the resource's path behind (RFC 9728 §3.1); another path is another resource. */
  @Get(`${WELL_KNOWN}/*`)
  metadataOfPath(@Req() request: GuardedRequest): ProtectedResourceMetadata {
    const { resource } = this.options;
    const asked = request.url.split('?', 1)[0]!.slice(WELL_KNOWN.length);
    if (resource === undefined || new URL(resource).pathname !== asked) throw new NotFound();
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
