import { createParamDecorator, Injectable, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { originOf, type RequestOrigin } from '../audit/request.origin.js';
import type { Client } from '../clients/client.entity.js';
import { ClientAuthentication } from '../clients/client-authentication.service.js';
import { clientCredentials } from './client.credentials.js';
import { InvalidClient, OAuthError } from './oauth.error.js';
import { OAuthParameters } from './oauth.parameters.js';

/** A request below `/oauth`, taken apart. */
export interface OAuthRequest {
  readonly parameters: OAuthParameters;
  readonly authorization: string | undefined;
  readonly origin: RequestOrigin;
}

/** Gives a controller's method its request below `/oauth`. */
export const OAuth = createParamDecorator((_: unknown, context: ExecutionContext): OAuthRequest => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const sent = request.raw.rawHeaders.filter((name, at) => at % 2 === 0 && /^authorization$/i.test(name));
  if (sent.length > 1) throw new OAuthError('invalid_request', 'There are two Authorization headers.');
  return {
    parameters: new OAuthParameters(request.body),
    authorization: request.headers.authorization,
    origin: originOf(request),
  };
});

/** Finds out which client sends a request below `/oauth`. */
@Injectable()
export class RequestingClient {
  constructor(private readonly clients: ClientAuthentication) {}

  /**
   * The client; none where the request names none.
   *
   * @throws InvalidClient when it names one and does not prove to be it
   */
  async find({ parameters, authorization, origin }: OAuthRequest): Promise<Client | undefined> {
    const credentials = clientCredentials(authorization, parameters);
    if (!credentials) return undefined;
    const client = await this.clients.authenticate(credentials, origin);
    if (!client) throw new InvalidClient();
    return client;
  }

  /** @throws InvalidClient when the request names no client, too */
  async get(request: OAuthRequest): Promise<Client> {
    const client = await this.find(request);
    if (!client) throw new InvalidClient();
    return client;
  }
}
