import {
  DatabaseUrl,
  Duration,
  Flag,
  PublicUrl,
  RedisUrl,
  Rule,
  ServiceConfig,
  Setting,
} from '@gatehouse/service-kit';
import type { SignatureAlgorithm } from '@gatehouse/tokens';
import { Type } from 'class-transformer';
import { IsFQDN, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { DoorList, type LegacyDoor } from './doors/legacy.doors.js';

/** What identity is configured by. Spans of time are in seconds. */
export class IdentityConfig extends ServiceConfig {
  @Setting({
    name: 'DATABASE_URL',
    describe:
      'Where users, sessions, clients and keys are kept: sqlite:<file> or mysql://user:password@host/schema.',
    default: 'sqlite:.data/identity.sqlite',
  })
  @DatabaseUrl()
  databaseUrl!: string;

  @Setting({ name: 'AUDIENCE', describe: 'Whom tokens are for by default.', default: 'gatehouse' })
  @IsNotEmpty()
  audience!: string;

  @Setting({
    name: 'KEY_ENCRYPTION_KEY',
    describe: 'Encrypts the private signing keys in the database.',
    developmentDefault: 'key-encryption-key-for-development',
    secret: true,
  })
  @IsNotEmpty()
  keyEncryptionKey!: string;

  @Setting({
    name: 'PASSWORD_MIN_LENGTH',
    describe: 'How many characters a password must have when it is set.',
    default: '15',
  })
  @Type(() => Number)
  @IsInt()
  @Min(8)
  @Max(128)
  passwordMinLength!: number;

  @Setting({
    name: 'LOGIN_MAX_FAILURES',
    describe:
      'How often a sign-in may fail in 15 minutes at one account; from one network address ten times as often.',
    default: '10',
  })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  loginMaxFailures!: number;

  @Setting({
    name: 'LOGIN_LIMITS',
    describe: 'Whether it is limited how often people may try; off is for tests.',
    default: 'on',
  })
  @Flag()
  @Rule<IdentityConfig>(
    (config) => config.loginLimits || !config.production,
    '$property must be on in production',
  )
  loginLimits!: boolean;

  @RedisUrl()
  redisUrl?: string;

  @Setting({
    name: 'DEVISE_PEPPER',
    describe: "The pepper of imported bcrypt digests, as Devise's configuration has it.",
    secret: true,
  })
  @IsOptional()
  @IsString()
  devisePepper?: string;

  @Setting({
    name: 'TOKEN_SECRET',
    describe:
      'Derives the successor of a refresh token from the token, so that nothing in the database yields it.',
    developmentDefault: 'token-secret-for-development',
    secret: true,
  })
  @IsNotEmpty()
  tokenSecret!: string;

  @Setting({ name: 'SIGNING_ALGORITHM', describe: 'ES256 or RS256.', default: 'ES256' })
  @IsIn(['ES256', 'RS256'])
  signingAlgorithm!: SignatureAlgorithm;

  @Setting({
    name: 'KEY_PUBLICATION_LEAD',
    describe: 'How long a new signing key is published at least before it signs.',
    default: '30s',
  })
  @Duration('seconds', { max: '1d' })
  keyPublicationLead!: number;

  @Setting({
    name: 'KEY_ROTATION_INTERVAL',
    describe: 'How long a signing key signs before the next one does.',
    default: '30d',
  })
  @Duration('seconds', { min: '1m', max: '400d' })
  @Rule<IdentityConfig>(
    (config) => !(config.keyRotationInterval < config.keyPublicationLead),
    '$property must not be shorter than KEY_PUBLICATION_LEAD',
  )
  keyRotationInterval!: number;

  @Setting({ name: 'ACCESS_TOKEN_TTL', describe: 'How long an access token lives.', default: '15m' })
  @Duration('seconds', { min: '1s', max: '1d' })
  accessTokenTtl!: number;

  @Setting({ name: 'USER_TOKEN_TTL', describe: 'How long a token of POST /user_token lives.', default: '1d' })
  @Duration('seconds', { min: '1s', max: '30d' })
  userTokenTtl!: number;

  @Setting({
    name: 'BROWSER_SESSION_TTL',
    describe: 'How long a browser session of POST /sessions lives.',
    default: '7d',
  })
  @Duration('seconds', { min: '1s', max: '90d' })
  browserSessionTtl!: number;

  @Setting({
    name: 'DEVISE_TOKEN_TTL',
    describe: 'How long a token of POST /api/users lives.',
    default: '7d',
  })
  @Duration('seconds', { min: '1s', max: '90d' })
  deviseTokenTtl!: number;

  @Setting({
    name: 'COOKIE_DOMAIN',
    describe:
      'Shares browser sessions among the subdomains of this domain, each of which can then plant cookies.',
    example: 'example.com',
  })
  @IsOptional()
  @IsFQDN({ require_tld: false })
  @Rule<IdentityConfig>(
    ({ cookieDomain, publicUrl }) => isWithin(publicUrl, cookieDomain),
    '$property must be the host of PUBLIC_URL, or a domain above it',
  )
  cookieDomain?: string;

  @Setting({
    name: 'REVEAL_ACCOUNT_EXISTENCE',
    describe: 'Whether POST /sessions tells which of address and password is wrong, as the older app did.',
    default: 'false',
  })
  @Flag()
  revealAccountExistence!: boolean;

  @Setting({
    name: 'REFRESH_IDLE_TTL',
    describe: 'How long a session that can be refreshed lives without being refreshed.',
    default: '30d',
  })
  @Duration('seconds', { min: '1s', max: '400d' })
  @Rule<IdentityConfig>(
    (config) => !(config.refreshIdleTtl > config.refreshAbsoluteTtl),
    '$property must not be longer than REFRESH_ABSOLUTE_TTL',
  )
  refreshIdleTtl!: number;

  @Setting({
    name: 'REFRESH_ABSOLUTE_TTL',
    describe: 'How long such a session lives however often it is refreshed.',
    default: '90d',
  })
  @Duration('seconds', { min: '1s', max: '400d' })
  refreshAbsoluteTtl!: number;

  @Setting({
    name: 'REFRESH_GRACE',
    describe:
      'How long a refresh token that was just spent may be repeated, for two tabs or a lost answer; 0 is strict.',
    default: '10s',
  })
  @Duration('seconds', { max: '10m' })
  refreshGrace!: number;

  @Setting({
    name: 'LEGACY_DOORS',
    describe:
      'Which doors for older clients are open: a list of knock, doorkeeper, devise-key, browser; or none.',
    default: 'knock,doorkeeper,devise-key,browser',
    productionDefault: 'browser',
    refusesBlank: true,
  })
  @DoorList()
  legacyDoors!: readonly LegacyDoor[];

  @Setting({
    name: 'APP_URL',
    describe: 'Where the links in mails lead: to /confirmation and /password_resets there.',
    sameAs: 'PUBLIC_URL',
  })
  @PublicUrl<IdentityConfig>('appUrl')
  appUrl!: string;

  @Setting({
    name: 'SMTP_URL',
    describe:
      'The server that sends mails. Without one they wait in the database; outside production the log tells of them.',
    example: 'smtps://user:password@mail.example.com',
  })
  @IsOptional()
  @Matches(/^smtps?:\/\/[^\s/]+/, {
    message: '$property must be a URL such as smtps://user:password@mail.example.com',
  })
  smtpUrl?: string;

  @Setting({
    name: 'MAIL_FROM',
    describe: 'Whom mails are from; by default Gatehouse, no-reply@ the host of PUBLIC_URL.',
    example: 'Acme <no-reply@example.com>',
  })
  @IsOptional()
  @Matches(/^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
    message: '$property must be an address such as no-reply@example.com or Acme <no-reply@example.com>',
  })
  sender?: string;

  @Setting({
    name: 'DEMO_DATA',
    describe:
      'Whether demo users and a demo client exist, outside production alone. On when bound to loopback.',
    example: 'on',
  })
  @IsOptional()
  @Flag()
  demoData?: boolean;

  /** The `iss` of every token: a name, never derived from a request. */
  get issuer(): string {
    return this.publicUrl;
  }

  /** The sender of mails: a name and an address. */
  get mailFrom(): string {
    return this.sender ?? `Gatehouse <no-reply@${new URL(this.issuer).hostname}>`;
  }

  /** How long a key must stay published after it has signed its last token. */
  get longestTokenTtl(): number {
    return Math.max(this.accessTokenTtl, this.userTokenTtl, this.browserSessionTtl, this.deviseTokenTtl);
  }

  get withDemoData(): boolean {
    return !this.production && (this.demoData ?? this.loopback);
  }
}

/** Browsers drop cookies for a domain that the host is not below (RFC 6265 §5.3). */
function isWithin(url: string, domain: string | undefined): boolean {
  const host = URL.parse(url)?.hostname;
  return host === undefined || domain === undefined || host === domain || host.endsWith(`.${domain}`);
}
