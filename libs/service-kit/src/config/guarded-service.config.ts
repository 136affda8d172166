import { IsFQDN, IsNotEmpty, IsOptional, IsString, Matches } from 'class-validator';
import { Duration } from './duration.decorator.js';
import { HttpUrl, PublicUrl } from './http-url.decorator.js';
import { ServiceConfig } from './service.config.js';
import { Setting } from './setting.decorator.js';

/** What a service needs that accepts identity's tokens. */
export class GuardedServiceConfig extends ServiceConfig {
  @Setting({
    name: 'ISSUER',
    describe: "Identity's public URL, exactly as its tokens name it.",
    developmentDefault: 'http://localhost:3000',
  })
  @PublicUrl<GuardedServiceConfig>('issuer')
  issuer!: string;

  @Setting({
    name: 'IDENTITY_URL',
    describe: 'Where this service reaches identity, if not at ISSUER.',
    sameAs: 'ISSUER',
  })
  @HttpUrl()
  identityUrl!: string;

  @Setting({
    name: 'AUDIENCE',
    describe: 'Tokens must be meant for this audience.',
    default: 'gatehouse',
  })
  @IsString()
  @IsNotEmpty()
  audience!: string;

  @Setting({
    name: 'CLIENT_ID',
    describe: 'This service as a client of identity.',
    developmentDefault: 'consumer',
  })
  @Matches(/^[a-z][a-z0-9-]{0,63}$/, { message: '$property must be a client id such as consumer' })
  clientId!: string;

  @Setting({
    name: 'CLIENT_SECRET',
    describe: 'The secret that identity gave to CLIENT_ID.',
    developmentDefault: 'consumer-secret-for-development',
    secret: true,
  })
  @IsString()
  clientSecret!: string;

  @Setting({
    name: 'COOKIE_DOMAIN',
    describe: "Identity's COOKIE_DOMAIN, where browser sessions are shared by subdomains.",
    example: 'example.com',
  })
  @IsOptional()
  @IsFQDN({ require_tld: false })
  cookieDomain?: string;

  /** Seconds. */
  @Setting({
    name: 'FEED_MAX_STALENESS',
    describe: 'How long the revocation feed may be silent before requests are refused.',
    default: '30m',
  })
  @Duration('seconds', { min: '1s', max: '1d' })
  feedMaxStaleness!: number;

  @Setting({
    name: 'FEED_FILE',
    describe:
      'A file of this process alone that keeps revocations and keys, for a restart while identity is away.',
    example: '.data/revocations',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  feedFile?: string;

  /** What `AccessModule` has to be told of it. */
  get access() {
    const { issuer, identityUrl, audience, clientId, clientSecret } = this;
    const { cookieDomain, feedMaxStaleness, feedFile, publicUrl: resource } = this;
    const client = { id: clientId, secret: clientSecret };
    return { issuer, identityUrl, audience, client, cookieDomain, feedMaxStaleness, feedFile, resource };
  }
}
