import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, Min } from 'class-validator';
import { Duration } from './duration.decorator.js';
import { HttpUrl, isLoopback, PublicUrl } from './http-url.decorator.js';
import { OriginList } from './origin-list.decorator.js';
import { Setting } from './setting.decorator.js';
import { TrustedProxies, type TrustProxy } from './trusted-proxies.decorator.js';

/** What every service is configured by. Each app extends it; see {@link Setting}. */
export class ServiceConfig {
  @Setting({
    name: 'NODE_ENV',
    describe:
      'development, test or production. In production no default secret and no demo data is accepted.',
    default: 'development',
  })
  @IsIn(['development', 'test', 'production'])
  nodeEnv!: 'development' | 'test' | 'production';

  @Setting({ name: 'PORT', describe: 'Port to listen on; 0 takes a free one.', default: '3000' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  port!: number;

  @Setting({
    name: 'HOST',
    describe: 'Address to listen on; 127.0.0.1 is for this machine alone.',
    default: '127.0.0.1',
    productionDefault: '0.0.0.0',
  })
  @IsString()
  @IsNotEmpty()
  host!: string;

  /** Without a slash at its end. */
  @Setting({
    name: 'PUBLIC_URL',
    describe: 'Where callers reach this service. A name, never derived from a request.',
    developmentDefault: 'http://localhost:3000',
  })
  @PublicUrl<ServiceConfig>('publicUrl')
  publicUrl!: string;

  @Setting({
    name: 'TRUST_PROXY',
    describe:
      'Whose X-Forwarded-* headers count: off, or the addresses and networks of the proxies in front.',
    default: 'off',
    example: '10.0.0.0/8',
  })
  @TrustedProxies()
  trustProxy!: TrustProxy;

  @Setting({
    name: 'CORS_ORIGINS',
    describe:
      'Origins whose pages may call this service, or none. Cookies come with calls from the same site alone.',
    default: 'none',
    example: 'https://app.example.com,https://admin.example.com',
  })
  @OriginList()
  corsOrigins!: readonly string[];

  /** Milliseconds. */
  @Setting({
    name: 'SHUTDOWN_DELAY',
    describe: 'How long connections are still taken after SIGTERM, while /health/ready already says no.',
    default: '0s',
    productionDefault: '3s',
  })
  @Duration('milliseconds')
  shutdownDelay!: number;

  /** Milliseconds. */
  @Setting({
    name: 'SHUTDOWN_TIMEOUT',
    describe: 'How long all of that may take after SIGTERM; what still runs then is cut off.',
    default: '10s',
  })
  @Duration('milliseconds', { min: '100ms', max: '10m' })
  shutdownTimeout!: number;

  @Setting({
    name: 'LOG_LEVEL',
    describe: 'fatal, error, warn, info, debug, trace or silent.',
    default: 'info',
  })
  @Transform(({ value }) => String(value).toLowerCase())
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  logLevel!: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

  /** Without a slash at its end. */
  @Setting({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    describe:
      'An OpenTelemetry collector that takes traces by OTLP over HTTP. Without one nothing is traced.',
    example: 'http://localhost:4318',
  })
  @IsOptional()
  @HttpUrl()
  traceCollector?: string;

  get production(): boolean {
    return this.nodeEnv === 'production';
  }

  /** Only this machine can reach the service. */
  get loopback(): boolean {
    return isLoopback(this.host);
  }
}
