import { Public } from '@gatehouse/access';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { IdentityConfig } from '../identity.config.js';
import { KeyRing } from './key.ring.js';
import type { RingKey } from './ring.key.js';
import { JsonDocument } from '../documentation/response.decorators.js';

@Public()
@ApiTags('documents')
@Controller('.well-known/jwks.json')
export class JwksController {
  private readonly cacheControl: string;

  constructor(
    private readonly ring: KeyRing,
    { keyPublicationLead }: IdentityConfig,
  ) {
    // A copy kept for longer would lack a key that signs already.
    this.cacheControl = `public, max-age=${keyPublicationLead}`;
  }

  @Get()
  @JsonDocument('The public keys (RFC 7517 §5).', { keys: { type: 'array', items: { type: 'object' } } })
  async keys(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ keys: object[] }> {
    const keys = await this.ring.published();
    void reply.header('Cache-Control', this.cacheControl);
    return { keys: keys.map(jwkOf) };
  }
}

// RFC 7517 §4; of the key itself only the public members were ever kept.
function jwkOf({ kid, algorithm, publicJwk }: RingKey): object {
  return { ...publicJwk, kid, alg: algorithm, use: 'sig' };
}
