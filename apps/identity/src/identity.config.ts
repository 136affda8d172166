import { DatabaseUrl, Flag, PublicUrl, RedisUrl, Rule, Setting } from '@gatehouse/service-kit';
import type { SignatureAlgorithm } from '@gatehouse/tokens';
import { Type } from 'class-transformer';
import { IsFQDN, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { DoorList, type LegacyDoor } from './doors/legacy.doors.js';
import { LifetimesConfig } from './lifetimes.config.js';

/** What identity is configured by. */
export class IdentityConfig extends LifetimesConfig {
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
    name: 'LEGACY_DOORS',
    describe:
      'Which doors for older clients are open: a list of knock, doorkeeper, devise-key, browser; none, or blank, for none.',
    default: 'knock,doorkeeper,devise-key,browser',
    productionDefault: 'browser',
    blank: 'none', // A door that somebody left out of the list must not be open.
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

  get withDemoData(): boolean {
    return !this.production && (this.demoData ?? this.loopback);
  }
}

/** Browsers drop cookies for a domain that the host is not below (RFC 6265 §5.3). */
function isWithin(url: string, domain: string | undefined): boolean {
  const host = URL.parse(url)?.hostname;
  return host === undefined || domain === undefined || host === domain || host.endsWith(`.${domain}`);
}
