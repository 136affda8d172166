/** A configuration that a production start has to refuse. */
export interface BadConfiguration {
  readonly app: 'identity' | 'articles' | 'consumer';
  /** What is set besides, or instead of, what works; undefined is left out. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The setting that is to be named; the one of `env` where left out. */
  readonly names?: string;
}

/** Random, like the good ones, and used twice. */
export const SHARED_SECRET = 'q8Zr2LmV5xTn7KcB1wYh4GdS9fPj6AeU3oIv0RtXyNs=';

const EVERY_APP: readonly BadConfiguration['env'][] = [
  { NODE_ENV: 'planted' },
  { PORT: '70000' },
  { PORT: 'no-port' },
  { HOST: 'no host of ours' },
  { PUBLIC_URL: undefined },
  { PUBLIC_URL: 'http://planted.example.com' },
  { PUBLIC_URL: 'planted.example.com' },
  { PUBLIC_URL: 'https://user:planted-password@example.com' },
  { TRUST_PROXY: 'everybody' },
  { SHUTDOWN_TIMEOUT: '99999d' },
  { LOG_LEVEL: 'verbose-planted' },
  { AUDIENCE_FILE: '/nowhere/planted' },
  { CORS_ORIGINS: '*' },
  { CORS_ORIGINS: 'https://planted.example.com/path' },
  { CORS_ORIGINS: 'http://planted.example.com' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: 'planted-collector:4318' },
];

const IDENTITY: readonly BadConfiguration['env'][] = [
  { KEY_ENCRYPTION_KEY: undefined },
  { KEY_ENCRYPTION_KEY: 'key-encryption-key-for-development' },
  { KEY_ENCRYPTION_KEY: 'short-and-planted' },
  { KEY_ENCRYPTION_KEY: 'abababababababababababababababababab' },
  { KEY_ENCRYPTION_KEY_FILE: '/nowhere/planted', KEY_ENCRYPTION_KEY: undefined },
  { TOKEN_SECRET: undefined },
  { TOKEN_SECRET: 'please-change-me-please-change-me-0123456789' },
  { TOKEN_SECRET: SHARED_SECRET, KEY_ENCRYPTION_KEY: SHARED_SECRET },
  { DEVISE_PEPPER: 'short-and-planted' },
  { DATABASE_URL: 'postgres://user:planted-password@localhost/identity' },
  { REDIS_URL: 'http://planted-host:6379' },
  { APP_URL: 'http://planted.example.com' },
  { COOKIE_DOMAIN: 'planted.example.org' },
  { LEGACY_DOORS: 'knock,planted' },
  { LOGIN_LIMITS: 'off' },
  { LOGIN_MAX_FAILURES: '0' },
  { PASSWORD_MIN_LENGTH: '4' },
  { SIGNING_ALGORITHM: 'HS256' },
  { ACCESS_TOKEN_TTL: '9999d' },
  { ACCESS_TOKEN_TTL: '0' },
  { USER_TOKEN_TTL: '-1d' },
  { BROWSER_SESSION_TTL: '9999d' },
  { DEVISE_TOKEN_TTL: 'planted' },
  { REFRESH_IDLE_TTL: '100d', REFRESH_ABSOLUTE_TTL: '90d' },
  { REFRESH_GRACE: '2d' },
  { KEY_ROTATION_INTERVAL: '2h', KEY_PUBLICATION_LEAD: '3h' },
  { REVEAL_ACCOUNT_EXISTENCE: 'perhaps' },
];

const GUARDED: readonly BadConfiguration['env'][] = [
  { ISSUER: undefined },
  { ISSUER: 'http://planted.example.com' },
  { IDENTITY_URL: 'ftp://planted.example.com' },
  { CLIENT_ID: 'Planted_Client' },
  { CLIENT_SECRET: undefined },
  { CLIENT_SECRET: 'consumer-secret-for-development' },
  { FEED_MAX_STALENESS: '0' },
  { FEED_MAX_STALENESS: '400d' },
  { COOKIE_DOMAIN: 'not a domain' },
];

const ARTICLES: readonly BadConfiguration['env'][] = [{ DATABASE_URL: 'planted.sqlite' }];

const CONSUMER: readonly BadConfiguration['env'][] = [
  { ARTICLES_URL: undefined },
  { ARTICLES_URL: 'planted:3001' },
  { CACHE_FRESH: '400d' },
  { CACHE_STALE_IF_ERROR: 'planted' },
  { REDIS_URL: 'planted' },
];

const APPS = ['identity', 'articles', 'consumer'] as const;
const of = (app: BadConfiguration['app'], ...lists: (readonly BadConfiguration['env'][])[]) =>
  lists.flat().map((env) => ({ app, env }));

/** All of them: what concerns several services is tried at one of those in turn. */
export const BAD_CONFIGURATIONS: readonly BadConfiguration[] = [
  ...EVERY_APP.map((env, i) => ({ app: APPS[i % 3]!, env })),
  ...of('identity', IDENTITY),
  ...GUARDED.map((env, i) => ({ app: APPS[1 + (i % 2)]!, env })),
  ...of('articles', ARTICLES),
  ...of('consumer', CONSUMER),
];
