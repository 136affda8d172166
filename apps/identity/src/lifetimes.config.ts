import { Duration, Rule, ServiceConfig, Setting } from '@gatehouse/service-kit';

/** How long what identity gives lives: tokens, sessions, and the keys that sign. Spans of time are in seconds. */
export class LifetimesConfig extends ServiceConfig {
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
  @Rule<LifetimesConfig>(
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
    name: 'REFRESH_IDLE_TTL',
    describe: 'How long a session that can be refreshed lives without being refreshed.',
    default: '30d',
  })
  @Duration('seconds', { min: '1s', max: '400d' })
  @Rule<LifetimesConfig>(
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

  /** How long a key must stay published after it has signed its last token. */
  get longestTokenTtl(): number {
    return Math.max(this.accessTokenTtl, this.userTokenTtl, this.browserSessionTtl, this.deviseTokenTtl);
  }
}
